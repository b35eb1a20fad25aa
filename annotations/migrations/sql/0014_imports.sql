-- Imports bring in thousands of rows a statement: what they do not need at once is put off, and what is looked at is
-- looked at in sets. Every guard stays, for every writer.

-- ── Search: what comes in bulk waits for its entries ───────────────────────────────────────────────────────────────
-- A statement that writes to more articles than this is bulk.
create function factcheck_is_bulk(articles bigint) returns boolean language sql immutable as 'select articles > 5';

create or replace function factcheck_find_blocks() returns trigger language plpgsql as $$
begin
    if factcheck_is_bulk((select count(distinct revision_id) from added)) then
        insert into annotations_searchbacklog (desk_id, article_id)
            select desk_id, article_id from annotations_revision where id in (select revision_id from added);
        return null;
    end if;
    insert into annotations_searchentry (kind, desk_id, article_id, object_id, start, text, words)
        select 'text', r.desk_id, r.article_id, b.id, p.start, p.piece, factcheck_words_of(a.language, p.piece)
        from added b
        join annotations_revision r on r.id = b.revision_id
        join annotations_article a on a.id = r.article_id
        cross join lateral factcheck_pieces(r.id, b.start, b."end") p
        order by b.position, p.start;
    return null;
end $$;

create or replace function factcheck_find_annotations() returns trigger language plpgsql as $$
begin
    if factcheck_is_bulk((select count(distinct article_id) from added)) then
        insert into annotations_searchbacklog (desk_id, article_id) select distinct desk_id, article_id from added;
        return null;
    end if;
    insert into annotations_searchentry (kind, desk_id, article_id, annotation_id, object_id, text, fragments, words)
        select 'annotation', n.desk_id, n.article_id, n.id, n.id, lines, factcheck_lines(n.claim, n.note),
            factcheck_words_of(a.language, lines)
        from added n
        join annotations_article a on a.id = n.article_id
        cross join lateral factcheck_lines(n.exact, n.claim, n.note) lines;
    return null;
end $$;

-- An annotation that changes before it has its entry waits again: somebody may just be making one of the older words.
create or replace function factcheck_find_annotation() returns trigger language plpgsql as $$
begin
    update annotations_searchentry e
        set text = lines, fragments = factcheck_lines(new.claim, new.note), words = factcheck_words_of(a.language, lines)
        from annotations_article a, factcheck_lines(new.exact, new.claim, new.note) lines
        where e.article_id = new.article_id and e.object_id = new.id and a.id = new.article_id;
    if not found then
        insert into annotations_searchbacklog (desk_id, article_id) values (new.desk_id, new.article_id);
    end if;
    return null;
end $$;

-- Gives up to so many waiting articles the entries of their texts and annotations; how many there were. The articles
-- are locked as every writer locks them, so that nobody changes meanwhile what is read here.
create function factcheck_index_backlog(most integer) returns integer language plpgsql as $$
declare
    ids uuid[];
begin
    with taken as (
        delete from annotations_searchbacklog where id in (
            select id from annotations_searchbacklog order by id limit most for update skip locked)
        returning article_id
    ) select array_agg(distinct article_id) into ids from taken;
    perform from annotations_article where id = any (ids) order by id for no key update;
    delete from annotations_searchentry
        where article_id = any (ids) and kind in ('text', 'older_text', 'annotation');
    insert into annotations_searchentry (kind, desk_id, article_id, object_id, start, text, words)
        select case when r.id = a.revision_id then 'text' else 'older_text' end, a.desk_id, a.id, b.id, p.start, p.piece,
            factcheck_words_of(a.language, p.piece)
        from annotations_article a
        join annotations_revision r on r.article_id = a.id
        join annotations_block b on b.revision_id = r.id
        cross join lateral factcheck_pieces(r.id, b.start, b."end") p
        where a.id = any (ids) order by r.id, b.position, p.start;
    insert into annotations_searchentry (kind, desk_id, article_id, annotation_id, object_id, text, fragments, words)
        select 'annotation', n.desk_id, n.article_id, n.id, n.id, lines, factcheck_lines(n.claim, n.note),
            factcheck_words_of(a.language, lines)
        from annotations_annotation n join annotations_article a on a.id = n.article_id
        cross join lateral factcheck_lines(n.exact, n.claim, n.note) lines
        where a.id = any (ids) order by n.id;
    return coalesce(array_length(ids, 1), 0);
end $$;

-- ── Ranges: one look at all that a statement adds; where something is wrong, the guard of rows names it ─────────────
create function factcheck_check_range(new annotations_annotation) returns void language plpgsql as $$
declare
    around text;
    size integer;
    before integer := char_length(new.prefix);
    parts integer := coalesce(array_length(new.fragments, 1), 0);
begin
    select length into size from annotations_revision where id = new.revision_id;
    if new.start < 0 or new."end" > size then
        perform factcheck_refuse('annotation_range_inside_text',
            format('The range %s to %s lies outside the text (%s code points).', new.start, new."end", size));
    end if;
    if before > new.start or char_length(new.suffix) > size - new."end" then
        perform factcheck_refuse('annotation_context_is_slice', 'The context is not what the text says around this range.');
    end if;
    around := factcheck_words(new.revision_id, new.start - before, new."end" + char_length(new.suffix));
    if substr(around, before + 1, new."end" - new.start) is distinct from new.exact then
        perform factcheck_refuse('annotation_exact_is_slice', 'The quote is not what the text says at this range.');
    end if;
    if around is distinct from new.prefix || new.exact || new.suffix then
        perform factcheck_refuse('annotation_context_is_slice', 'The context is not what the text says around this range.');
    end if;
    if parts = 1 or (parts > 1 and (new.fragments[1][1] <> new.start or new.fragments[parts][2] <> new."end")) then
        perform factcheck_refuse('annotation_fragments_fill_range', 'The fragments do not begin and end with the range.');
    end if;
    for part in 1 .. parts loop
        if new.fragments[part][1] >= new.fragments[part][2]
            or (part > 1 and new.fragments[part][1] < new.fragments[part - 1][2]) then
            perform factcheck_refuse('annotation_fragments_ordered', 'The fragments overlap, are empty or are out of order.');
        end if;
    end loop;
end $$;

create or replace function factcheck_annotation() returns trigger language plpgsql as $$
begin
    perform factcheck_check_range(new);
    return new;
end $$;
drop trigger annotation_range_guard on annotations_annotation;
create trigger annotation_range_guard
    before update of start, "end", exact, prefix, suffix, fragments, revision_id on annotations_annotation
    for each row execute function factcheck_annotation();

-- Rows with fragments are few, and always looked at one by one. Pieces come through their index, also while nobody has
-- counted yet how many there are.
create function factcheck_annotations_placed() returns trigger language plpgsql set enable_seqscan = off as $$
declare
    doubtful annotations_annotation;
begin
    for doubtful in
        select n.* from added n
        join annotations_revision r on r.id = n.revision_id
        cross join lateral (
            select substr(string_agg(p.text, '' order by p.number), n.start - char_length(n.prefix) - min(p.number) * 250 + 1,
                char_length(n.prefix) + n."end" - n.start + char_length(n.suffix))
            from annotations_textpiece p
            where p.revision_id = n.revision_id and p.number between (n.start - char_length(n.prefix)) / 250
                and (n."end" + char_length(n.suffix) - 1) / 250
        ) around (words)
        where n.fragments <> '{}' or n.start < char_length(n.prefix) or n."end" + char_length(n.suffix) > r.length
            or char_length(n.exact) <> n."end" - n.start
            or around.words is distinct from n.prefix || n.exact || n.suffix
    loop
        perform factcheck_check_range(doubtful);
    end loop;
    return null;
end $$;
create trigger annotations_placed after insert on annotations_annotation referencing new table as added
    for each statement execute function factcheck_annotations_placed();

create function factcheck_blocks_placed() returns trigger language plpgsql as $$
begin
    if exists (select from added b join annotations_revision r on r.id = b.revision_id where b."end" > r.length) then
        perform factcheck_refuse('block_inside_text', 'The block ends after the text.');
    end if;
    return null;
end $$;
drop trigger block_inside_text on annotations_block;
drop function factcheck_block();
-- Triggers fire in the order of their names: this one before that of the search, which trusts in it.
create trigger block_inside_text after insert on annotations_block referencing new table as added
    for each statement execute function factcheck_blocks_placed();

-- ── References of annotations, labels and events: looked up for a whole statement ──────────────────────────────────
-- What they refer to is never deleted (revisions are frozen, articles, annotations and people have their guards) and
-- keeps its key and desk, by the guards below. So it is enough to look when a row comes or changes: a foreign key
-- would do the same row by row, and lock what cannot go away.
alter table annotations_annotation
    drop constraint annotation_article_same_desk, drop constraint annotation_revision_same_article;
alter table annotations_annotationterm drop constraint annotationterm_annotation_same_desk;
alter table annotations_event drop constraint event_article_same_desk, drop constraint event_annotation_same_desk;

create function factcheck_check_references(new annotations_annotation) returns void language plpgsql as $$
begin
    perform factcheck_refused_unless(
        exists (select from annotations_article where id = new.article_id and desk_id = new.desk_id),
        'annotation_article_same_desk', 'The article is not on the desk of the annotation.');
    perform factcheck_refused_unless(
        exists (select from annotations_revision where id = new.revision_id and article_id = new.article_id),
        'annotation_revision_same_article', 'The text is not one of the article.');
    perform factcheck_refused_unless(exists (select from annotations_user where id = new.author_id),
        'annotation_author_known', 'Nobody has the id of the author.');
end $$;

create function factcheck_annotations_belong() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    doubtful annotations_annotation;
begin
    for doubtful in
        select n.* from added n
        left join annotations_revision r on r.id = n.revision_id
        left join annotations_user u on u.id = n.author_id
        where u.id is null or (r.article_id, r.desk_id) is distinct from (n.article_id, n.desk_id)
    loop
        perform factcheck_check_references(doubtful);
    end loop;
    return null;
end $$;
create trigger annotation_belongs after insert on annotations_annotation referencing new table as added
    for each statement execute function factcheck_annotations_belong();

create function factcheck_annotation_stays() returns trigger language plpgsql as $$
begin
    perform factcheck_refused_unless((new.id, new.desk_id) = (old.id, old.desk_id),
        'annotation_article_same_desk', 'An annotation stays on its desk.');
    perform factcheck_check_references(new);
    return null;
end $$;
create trigger annotation_belongs_still after update of id, desk_id, article_id, revision_id, author_id
    on annotations_annotation for each row
    when ((old.id, old.desk_id, old.article_id, old.revision_id, old.author_id)
        is distinct from (new.id, new.desk_id, new.article_id, new.revision_id, new.author_id))
    execute function factcheck_annotation_stays();

create or replace function factcheck_labels_added() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    found record;
begin
    select bool_or(n.desk_id is distinct from l.desk_id) as is_foreign,
        bool_or(a.state not in ('draft', 'checking')) as is_locked,
        bool_or(n.state in ('proposed', 'disputed', 'signed_off')) as is_judged
        into found
        from added l
        left join annotations_annotation n on n.id = l.annotation_id
        left join annotations_article a on a.id = n.article_id;
    perform factcheck_refused_unless(
        not exists (
            select from annotations_vocabulary v join annotations_term t on t.vocabulary_id = v.id
            where v.key = 'verdict' and t.id in (select term_id from added)),
        'annotationterm_no_verdict', 'A verdict is not a label.');
    perform factcheck_refused_unless(found.is_foreign is not true, 'annotationterm_annotation_same_desk',
        'The annotation is not on the desk of the label.');
    perform factcheck_refused_unless(found.is_locked is not true, 'article_locked',
        'The article is locked: reopen it first.');
    perform factcheck_refused_unless(found.is_judged is not true, 'annotation_change_voids',
        'A change to what was proposed makes it need a recheck.');
    return null;
end $$;
create trigger label_stays before update of desk_id, annotation_id on annotations_annotationterm for each row
    when ((old.desk_id, old.annotation_id) is distinct from (new.desk_id, new.annotation_id))
    execute function factcheck_frozen('annotationterm_annotation_same_desk', 'A label stays with its annotation.');

create function factcheck_events_belong() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    found record;
begin
    select bool_or(e.article_id is not null and a.desk_id is distinct from e.desk_id) as has_foreign_article,
        bool_or(e.annotation_id is not null and n.desk_id is distinct from e.desk_id) as has_foreign_annotation,
        bool_or(e.actor_id is not null and u.id is null) as has_unknown_actor
        into found
        from added e
        left join annotations_article a on a.id = e.article_id
        left join annotations_annotation n on n.id = e.annotation_id
        left join annotations_user u on u.id = e.actor_id;
    perform factcheck_refused_unless(found.has_foreign_article is not true, 'event_article_same_desk',
        'The article is not on the desk of the event.');
    perform factcheck_refused_unless(found.has_foreign_annotation is not true, 'event_annotation_same_desk',
        'The annotation is not on the desk of the event.');
    perform factcheck_refused_unless(found.has_unknown_actor is not true, 'event_actor_known',
        'Nobody has the id of the actor.');
    return null;
end $$;
create trigger event_belongs after insert on annotations_event referencing new table as added
    for each statement execute function factcheck_events_belong();

create trigger article_keeps_its_key before update of id, desk_id on annotations_article for each row
    when ((old.id, old.desk_id) is distinct from (new.id, new.desk_id))
    execute function factcheck_frozen('article_keeps_its_key', 'An article stays on its desk.');
create trigger user_keeps_its_key before update of id on annotations_user for each row when (old.id <> new.id)
    execute function factcheck_frozen('user_keeps_its_key', 'People keep their ids.');
create trigger annotation_never_deleted_all before truncate on annotations_annotation for each statement
    execute function factcheck_frozen('annotation_never_deleted', 'An annotation is withdrawn, never deleted.');
create trigger article_never_deleted_all before truncate on annotations_article for each statement
    execute function factcheck_frozen('article_never_deleted', 'An article is never deleted.');
create trigger user_never_deleted_all before truncate on annotations_user for each statement
    execute function factcheck_frozen('user_never_deleted', 'People are deactivated, never deleted.');

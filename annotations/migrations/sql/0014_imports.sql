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

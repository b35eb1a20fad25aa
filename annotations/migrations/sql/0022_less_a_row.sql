-- Less work for each row that comes in: keys that say what they mean, references looked up for a whole statement, and
-- looks at a statement that read it fewer times. What is refused stays refused, by the same guards.

-- ── Labels and pieces of texts are known by what they tie together ─────────────────────────────────────────────────
alter table annotations_annotationterm
    drop constraint annotations_annotationterm_pkey,
    drop constraint annotationterm_once,
    drop column id,
    add constraint annotationterm_once primary key (annotation_id, term_id);
alter table annotations_textpiece
    drop constraint annotations_textpiece_pkey,
    drop constraint textpiece_once,
    drop column id,
    add constraint textpiece_once primary key (revision_id, number);

-- Of what is compressed, texts and files of an article cost the most time to write and to read, and come in one by one.
alter table annotations_revision alter column text set storage external;
alter table annotations_storedfile alter column content set storage external;

-- ── Desks and terms stay, and keep their keys, so that it is enough to look when a row comes ───────────────────────
create trigger desk_never_deleted before delete on annotations_desk for each row
    execute function factcheck_frozen('desk_never_deleted', 'A desk is never deleted: its history stays.');
create trigger desk_never_deleted_all before truncate on annotations_desk for each statement
    execute function factcheck_frozen('desk_never_deleted', 'A desk is never deleted: its history stays.');
create trigger desk_keeps_its_key before update of id on annotations_desk for each row when (old.id <> new.id)
    execute function factcheck_frozen('desk_keeps_its_key', 'Desks keep their ids.');
create trigger term_never_deleted before delete on annotations_term for each row
    execute function factcheck_frozen('term_never_deleted', 'A term is retired, never deleted.');
create trigger term_never_deleted_all before truncate on annotations_term for each statement
    execute function factcheck_frozen('term_never_deleted', 'A term is retired, never deleted.');
create trigger term_keeps_its_key before update of id, desk_id on annotations_term for each row
    when ((old.id, old.desk_id) is distinct from (new.id, new.desk_id))
    execute function factcheck_frozen('term_keeps_its_key', 'A term stays on its desk.');

alter table annotations_annotationterm drop constraint annotationterm_term_same_desk;

create or replace function factcheck_labels_added() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    found record;
begin
    select bool_or(t.id is null) as has_foreign_term, bool_or(v.key = 'verdict') as has_verdict into found
        from (select distinct desk_id, term_id from added) l
        left join annotations_term t on t.id = l.term_id and t.desk_id = l.desk_id
        left join annotations_vocabulary v on v.id = t.vocabulary_id;
    perform factcheck_refused_unless(found.has_verdict is not true, 'annotationterm_no_verdict', 'A verdict is not a label.');
    perform factcheck_refused_unless(found.has_foreign_term is not true, 'annotationterm_term_same_desk',
        'The term is not on the desk of the label.');
    select bool_or(n.desk_id is distinct from l.desk_id) as is_foreign,
        bool_or(a.state not in ('draft', 'checking')) as is_locked,
        bool_or(n.state in ('proposed', 'disputed', 'signed_off')) as is_judged
        into found
        from added l
        left join annotations_annotation n on n.id = l.annotation_id
        left join annotations_article a on a.id = n.article_id;
    perform factcheck_refused_unless(found.is_foreign is not true, 'annotationterm_annotation_same_desk',
        'The annotation is not on the desk of the label.');
    perform factcheck_refused_unless(found.is_locked is not true, 'article_locked',
        'The article is locked: reopen it first.');
    perform factcheck_refused_unless(found.is_judged is not true, 'annotation_change_voids',
        'A change to what was proposed makes it need a recheck.');
    return null;
end $$;

create or replace function factcheck_label() returns trigger language plpgsql as $$
begin
    perform factcheck_refused_unless(
        exists (select from annotations_term where id = new.term_id and desk_id = new.desk_id),
        'annotationterm_term_same_desk', 'The term is not on the desk of the label.');
    if factcheck_vocabulary_of(new.term_id) = 'verdict' then
        perform factcheck_refuse('annotationterm_no_verdict', 'A verdict is not a label.');
    end if;
    return new;
end $$;

-- ── Events ─────────────────────────────────────────────────────────────────────────────────────────────────────────
-- A statement's events mostly have one desk, one actor and few articles, so each of these is looked up once.
create or replace function factcheck_events_belong() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
    perform factcheck_refused_unless(
        not exists (
            select from (select distinct desk_id from added) e left join annotations_desk d on d.id = e.desk_id
            where d.id is null),
        'event_desk_known', 'Nothing has the id of the desk.');
    perform factcheck_refused_unless(
        not exists (
            select from (select distinct desk_id, article_id from added where article_id is not null) e
            left join annotations_article a on a.id = e.article_id
            where a.desk_id is distinct from e.desk_id),
        'event_article_same_desk', 'The article is not on the desk of the event.');
    perform factcheck_refused_unless(
        not exists (
            select from added e left join annotations_annotation n on n.id = e.annotation_id
            where e.annotation_id is not null and n.desk_id is distinct from e.desk_id),
        'event_annotation_same_desk', 'The annotation is not on the desk of the event.');
    perform factcheck_refused_unless(
        not exists (
            select from (select distinct actor_id from added where actor_id is not null) e
            left join annotations_user u on u.id = e.actor_id
            where u.id is null),
        'event_actor_known', 'Nobody has the id of the actor.');
    return null;
end $$;

-- Every hash is that of its event, numbers have no gaps, and the list of previous hashes is that of the hashes, one place
-- later, behind the last hash stored before: then each event follows its neighbour. Hashes have no commas and numbers are
-- unique, so that no other events look the same. What is hashed is the text of factcheck_event_hash, put together from
-- its parts: to build the array first, as that does, costs half as much again.
create or replace function factcheck_events_chained() returns trigger language plpgsql set enable_seqscan = off as $$
declare
    chain record;
begin
    for chain in
        select e.desk_id, min(e.number) as first, max(e.number) - min(e.number) + 1 as places, count(*) as events,
            bool_and(e.hash = e.computed) as are_right, string_agg(e.hash, ',' order by e.number) as hashes,
            string_agg(e.previous_hash, ',' order by e.number) as previous
        from (
            select desk_id, number, hash, previous_hash, encode(sha256(convert_to(concat(
                '["', desk_id, '", ', number, ', "', id, '", ', coalesce('"' || article_id || '"', 'null'), ', ',
                coalesce('"' || annotation_id || '"', 'null'), ', ', coalesce('"' || actor_id || '"', 'null'), ', ',
                to_json(action), ', ', to_json(object_type), ', "', object_id, '", ', to_json(reason), ', ',
                coalesce(before::text, 'null'), ', ', coalesce(after::text, 'null'), ', ',
                (extract(epoch from created) * 1000000)::bigint, ', ', to_json(previous_hash), ']'
            ), 'UTF8')), 'hex') as computed
            from added
        ) e group by e.desk_id
    loop
        perform factcheck_refused_unless(
            chain.are_right and chain.places = chain.events
            and chain.previous || ',' || right(chain.hashes, 64) = coalesce(
                (select p.hash from annotations_event p where p.desk_id = chain.desk_id and p.number = chain.first - 1),
                case when chain.first = 1 then '' end) || ',' || chain.hashes,
            'event_chained', format('An event from %s on does not continue the history of its desk.', chain.first));
    end loop;
    return null;
end $$;

-- ── Texts ──────────────────────────────────────────────────────────────────────────────────────────────────────────
create or replace function factcheck_blocks_placed() returns trigger language plpgsql as $$
begin
    perform factcheck_refused_unless(
        not exists (
            select from (select revision_id, max("end") as "end" from added group by revision_id) b
            left join annotations_revision r on r.id = b.revision_id where b."end" <= r.length is not true),
        'block_inside_text', 'The block ends after the text.');
    return null;
end $$;

-- What is looked up for a few thousand rows comes through indexes, however many articles there are: PostgreSQL would read
-- all of them from end to end for that, for every statement.
alter function factcheck_annotations_added() set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off;
alter function factcheck_annotations_placed() set enable_hashjoin = off set enable_mergejoin = off;
alter function factcheck_blocks_placed() set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off;

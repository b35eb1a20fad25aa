-- History: whoever appends many events may number and hash them; the database looks at the whole statement and takes it
-- only when it is the one continuation of the desk's chain. An event that comes without a number still gets both here.

-- Where the chain of a desk ends; 0 and '' when it has not begun. Nobody else appends to it before this transaction ends.
create function factcheck_end_of_chain(desk uuid, out number bigint, out hash text) language plpgsql as $$
begin
    -- Taken last in every transaction, so that it can never be part of a deadlock.
    perform pg_advisory_xact_lock(7305103, hashtext(desk::text));
    select e.number, e.hash into number, hash from annotations_event e
        where e.desk_id = desk order by e.number desc limit 1;
    number := coalesce(number, 0);
    hash := coalesce(hash, '');
end $$;

drop trigger event_chain on annotations_event;
create trigger event_chain before insert on annotations_event for each row
    when (coalesce(new.number, 0) = 0) execute function factcheck_event_chain();

-- The first event of a statement follows the last one before it, each other one its neighbour, and every hash is that of
-- its event. Numbers are unique, so that there is no other continuation. Hashes come first: what is sorted is narrow.
create function factcheck_events_chained() returns trigger language plpgsql set enable_seqscan = off as $$
declare
    wrong bigint;
begin
    with hashed as materialized (
        select desk_id, number, previous_hash, hash, encode(sha256(convert_to(jsonb_build_array(
            desk_id, number, id, article_id, annotation_id, actor_id, action,
            object_type, object_id, reason, before, after,
            (extract(epoch from created) * 1000000)::bigint, previous_hash
        )::text, 'UTF8')), 'hex') as computed
        from added
    ), linked as (
        select *, lag(number) over chain as last_number, lag(hash) over chain as last_hash
        from hashed window chain as (partition by desk_id order by number)
    )
    select e.number into wrong from linked e
        where e.hash <> e.computed
            or e.last_number is not null and (e.number <> e.last_number + 1 or e.previous_hash <> e.last_hash)
            or e.last_number is null and e.previous_hash is distinct from coalesce(
                (select p.hash from annotations_event p where p.desk_id = e.desk_id and p.number = e.number - 1),
                case when e.number = 1 then '' end)
        limit 1;
    if found then
        perform factcheck_refuse('event_chained', format('Event %s does not continue the history of its desk.', wrong));
    end if;
    return null;
end $$;
create trigger event_chained after insert on annotations_event referencing new table as added
    for each statement execute function factcheck_events_chained();

-- ── Search: a statement of many rows is bulk, too, however few its articles are ────────────────────────────────────
drop function factcheck_is_bulk(bigint);
create function factcheck_is_bulk(articles bigint, "rows" bigint) returns boolean language sql immutable as
    'select articles > 5 or "rows" > 300';

create or replace function factcheck_find_blocks() returns trigger language plpgsql as $$
begin
    if (select factcheck_is_bulk(count(distinct revision_id), count(*)) from added) then
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
    if (select factcheck_is_bulk(count(distinct article_id), count(*)) from added) then
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

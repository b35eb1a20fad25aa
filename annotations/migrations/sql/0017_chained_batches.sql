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

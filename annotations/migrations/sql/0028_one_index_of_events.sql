-- What happened to an annotation is found through its article, so that one index serves the histories of both.

-- ── Annotations stay on their article, and events of an annotation are of its article ──────────────────────────────
create or replace function factcheck_annotation_stays() returns trigger language plpgsql as $$
begin
    perform factcheck_refused_unless((new.id, new.desk_id) = (old.id, old.desk_id),
        'annotation_article_same_desk', 'An annotation stays on its desk.');
    perform factcheck_check_references(new);
    perform factcheck_refused_unless(new.article_id = old.article_id,
        'annotation_keeps_its_article', 'An annotation stays on its article.');
    return null;
end $$;

-- Numbers have no gaps, and previous hashes are the hashes one number later, behind the last hash stored before; both
-- sides are compared as sums over each hash with its number, which needs no order. Of a statement with up to 300 events
-- of a desk every hash is computed again, of a larger one the first, the last and each sixteenth: that finds a writer who
-- hashes wrongly, and verify_history computes them all. Whoever looks at an article hears that something happened there:
-- its id and the number of its last event, no more.
create or replace function factcheck_events_added() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    found record;
    wrong bigint;
begin
    select bool_or(d.id is null) as desk, bool_or(e.article_id is not null and a.desk_id is distinct from e.desk_id) as article,
        bool_or(e.is_foreign) as annotation, bool_or(e.actor_id is not null and u.id is null) as actor,
        count(pg_notify('factcheck_articles', e.article_id || ' ' || e.last)) filter (where e.article_id is not null) as told
        into found
        from (
            select e.desk_id, e.article_id, e.actor_id, max(e.number) as last,
                e.annotation_id is not null and n.article_id is distinct from e.article_id as is_foreign
            from added e left join annotations_annotation n on n.id = e.annotation_id
            group by e.desk_id, e.article_id, e.actor_id, is_foreign
        ) e
        left join annotations_desk d on d.id = e.desk_id
        left join annotations_article a on a.id = e.article_id
        left join annotations_user u on u.id = e.actor_id;
    if found.desk then
        perform factcheck_refuse('event_desk_known', 'Nothing has the id of the desk.');
    elsif found.article then
        perform factcheck_refuse('event_article_same_desk', 'The article is not on the desk of the event.');
    elsif found.annotation then
        perform factcheck_refuse('event_annotation_same_article', 'The annotation is not on the article of the event.');
    elsif found.actor then
        perform factcheck_refuse('event_actor_known', 'Nobody has the id of the actor.');
    end if;
    select min(chain.first) into wrong
        from (
            select desk_id, min(number) as first, max(number) as last, count(*) as events,
                sum(hashtextextended(hash, number)) as hashes, sum(hashtextextended(previous_hash, number - 1)) as previous
            from added group by desk_id
        ) chain
        where (
            chain.last - chain.first + 1 = chain.events
            and chain.hashes + hashtextextended(coalesce(
                (select p.hash from annotations_event p where p.desk_id = chain.desk_id and p.number = chain.first - 1),
                case when chain.first = 1 then '' end), chain.first - 1)
            = chain.previous + hashtextextended(
                (select p.hash from annotations_event p where p.desk_id = chain.desk_id and p.number = chain.last), chain.last)
            and not exists (
                select from added e where e.desk_id = chain.desk_id
                and (chain.events <= 300 or e.number % 16 = 0 or e.number in (chain.first, chain.last))
                and e.hash <> factcheck_event_hash(e))
        ) is not true;
    if wrong is not null then
        perform factcheck_refuse('event_chained', format('An event from %s on does not continue the history of its desk.', wrong));
    end if;
    return null;
end $$;

-- Who created, proposed, attributed or edited an annotation, ever, took part in it.
create or replace function factcheck_took_part(annotation uuid, person uuid) returns boolean language sql stable as $$
    select exists (select from annotations_annotation where id = annotation and author_id = person)
        or exists (select from annotations_verdict where annotation_id = annotation and author_id = person)
        or exists (select from annotations_attribution where annotation_id = annotation and author_id = person)
        or exists (select from annotations_evidence where annotation_id = annotation and author_id = person)
        or exists (
            select from annotations_event
            where article_id = (select article_id from annotations_annotation where id = annotation)
            and annotation_id = annotation and actor_id = person
            and action in ('create', 'accept', 'edit', 'propose', 'undo', 'add_evidence', 'add_attribution',
                'retire_evidence', 'retire_attribution')
        )
$$;

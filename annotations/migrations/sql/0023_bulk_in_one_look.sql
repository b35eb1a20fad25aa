-- Half the work of PostgreSQL for an imported annotation: what a statement adds is looked at by one trigger a table,
-- distinct references once, ranges by hashing; histories keep JSON as it was written.

-- ── Events: JSON as it was written ─────────────────────────────────────────────────────────────────────────────────
-- jsonb comes out as the text that was hashed, so every hash stays right.
alter table annotations_event alter column before type json using before::json, alter column after type json using after::json;

-- The hash covers these values as JSON in UTF-8, an array as jsonb writes it; before and after as they are stored; time
-- in microseconds since 1970.
create or replace function factcheck_event_hash(event annotations_event) returns text language sql stable as $$
    select encode(sha256(convert_to(concat(
        '["', event.desk_id, '", ', event.number, ', "', event.id, '", ',
        coalesce('"' || event.article_id || '"', 'null'), ', ', coalesce('"' || event.annotation_id || '"', 'null'), ', ',
        coalesce('"' || event.actor_id || '"', 'null'), ', ', to_json(event.action), ', ', to_json(event.object_type), ', "',
        event.object_id, '", ', to_json(event.reason), ', ', coalesce(event.before::text, 'null'), ', ',
        coalesce(event.after::text, 'null'), ', ', (extract(epoch from event.created) * 1000000)::bigint, ', ',
        to_json(event.previous_hash), ']'
    ), 'UTF8')), 'hex')
$$;

create or replace function factcheck_event_chain() returns trigger language plpgsql as $$
begin
    -- Taken last in every transaction, so that it can never be part of a deadlock.
    perform pg_advisory_xact_lock(7305103, hashtext(new.desk_id::text));
    select number + 1, hash into new.number, new.previous_hash from annotations_event
        where desk_id = new.desk_id order by number desc limit 1;
    new.number := coalesce(new.number, 1);
    new.previous_hash := coalesce(new.previous_hash, '');
    new.before := new.before::jsonb;
    new.after := new.after::jsonb;
    new.hash := factcheck_event_hash(new);
    return new;
end $$;

-- Numbers have no gaps, and the list of previous hashes is that of the hashes, one place later, behind the last hash
-- stored before: then each event follows its neighbour. Hashes have no commas and numbers are unique, so that no other
-- events look the same. Of a statement with up to 300 events of a desk every hash is computed again, of a larger one the
-- first, the last and each sixteenth: that finds a writer who hashes wrongly, and verify_history computes them all.
create function factcheck_events_added() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    found record;
    chain record;
begin
    select bool_or(d.id is null) as desk, bool_or(e.article_id is not null and a.desk_id is distinct from e.desk_id) as article,
        bool_or(e.actor_id is not null and u.id is null) as actor
        into found
        from (select distinct desk_id, article_id, actor_id from added) e
        left join annotations_desk d on d.id = e.desk_id
        left join annotations_article a on a.id = e.article_id
        left join annotations_user u on u.id = e.actor_id;
    perform factcheck_refused_unless(found.desk is not true, 'event_desk_known', 'Nothing has the id of the desk.');
    perform factcheck_refused_unless(found.article is not true, 'event_article_same_desk',
        'The article is not on the desk of the event.');
    perform factcheck_refused_unless(found.actor is not true, 'event_actor_known', 'Nobody has the id of the actor.');
    perform factcheck_refused_unless(
        not exists (
            select from added e left join annotations_annotation n on n.id = e.annotation_id
            where e.annotation_id is not null and n.desk_id is distinct from e.desk_id),
        'event_annotation_same_desk', 'The annotation is not on the desk of the event.');
    for chain in
        select e.desk_id, min(e.number) as first, max(e.number) as last, count(*) as events,
            string_agg(e.hash, ',' order by e.number) as hashes, string_agg(e.previous_hash, ',' order by e.number) as previous
        from added e group by e.desk_id
    loop
        perform factcheck_refused_unless(
            chain.last - chain.first + 1 = chain.events
            and chain.previous || ',' || right(chain.hashes, 64) = coalesce(
                (select p.hash from annotations_event p where p.desk_id = chain.desk_id and p.number = chain.first - 1),
                case when chain.first = 1 then '' end) || ',' || chain.hashes
            and not exists (
                select from added e where e.desk_id = chain.desk_id
                and (chain.events <= 300 or e.number % 16 = 0 or e.number in (chain.first, chain.last))
                and e.hash <> factcheck_event_hash(e)),
            'event_chained', format('An event from %s on does not continue the history of its desk.', chain.first));
    end loop;
    perform pg_notify('factcheck_articles', article_id || ' ' || max(number))
        from added where article_id is not null group by article_id;
    return null;
end $$;
create trigger events_added after insert on annotations_event referencing new table as added
    for each statement execute function factcheck_events_added();
drop trigger event_belongs on annotations_event;
drop trigger event_chained on annotations_event;
drop trigger events_told on annotations_event;
drop function factcheck_events_belong();
drop function factcheck_events_chained();
drop function factcheck_tell();

-- ── Annotations ────────────────────────────────────────────────────────────────────────────────────────────────────
-- A statement has few articles and authors, so each of them is looked up once. Of each text the pieces from the first to
-- the last that are needed come as an array, however the annotations lie in it. Rows with fragments are few, and always
-- looked at one by one, as all are in which something is wrong: the guard of rows names it. Joins are by hashing, but for
-- what a lateral looks up: a plan that was made for one row serves for thousands.
create or replace function factcheck_annotations_added() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    found record;
begin
    select bool_or(n.state not in ('open', 'suggested')) as late, bool_or(a.state not in ('draft', 'checking')) as locked,
        bool_or(a.id is null) as article, bool_or(r.article_id is distinct from n.article_id) as revision,
        bool_or(u.id is null) as author
        into found
        from (select distinct desk_id, article_id, revision_id, author_id, state from added) n
        left join annotations_article a on a.id = n.article_id and a.desk_id = n.desk_id
        left join annotations_revision r on r.id = n.revision_id
        left join annotations_user u on u.id = n.author_id;
    perform factcheck_refused_unless(found.article is not true, 'annotation_article_same_desk',
        'The article is not on the desk of the annotation.');
    perform factcheck_refused_unless(found.revision is not true, 'annotation_revision_same_article',
        'The text is not one of the article.');
    perform factcheck_refused_unless(found.author is not true, 'annotation_author_known', 'Nobody has the id of the author.');
    perform factcheck_refused_unless(found.late is not true, 'annotation_begins_open',
        'An annotation begins open or as a suggestion.');
    perform factcheck_refused_unless(found.locked is not true, 'article_locked',
        'The article is locked: reopen it first.');
    return null;
end $$;
drop trigger annotation_belongs on annotations_annotation;
drop function factcheck_annotations_belong();

create or replace function factcheck_annotations_placed() returns trigger language plpgsql
set enable_seqscan = off set enable_nestloop = off set enable_mergejoin = off as $$
declare
    doubtful annotations_annotation;
begin
    for doubtful in
        select n.* from added n
        left join (
            select t.revision_id, t.low, pieces.texts
            from (
                select revision_id, min(start - char_length(prefix)) / 250 as low,
                    max("end" + char_length(suffix) - 1) / 250 as high
                from added group by revision_id
            ) t cross join lateral (
                select array_agg(p.text order by p.number) from annotations_textpiece p
                where p.revision_id = t.revision_id and p.number between t.low and t.high
            ) pieces (texts)
        ) t on t.revision_id = n.revision_id
        where n.fragments <> '{}' or n.start < char_length(n.prefix) or char_length(n.exact) <> n."end" - n.start
            or n.prefix || n.exact || n.suffix is distinct from substr(
                case (n."end" + char_length(n.suffix) - 1) / 250 - (n.start - char_length(n.prefix)) / 250
                    when 0 then t.texts[(n.start - char_length(n.prefix)) / 250 - t.low + 1]
                    when 1 then t.texts[(n.start - char_length(n.prefix)) / 250 - t.low + 1]
                        || t.texts[(n.start - char_length(n.prefix)) / 250 - t.low + 2]
                    else array_to_string(t.texts[(n.start - char_length(n.prefix)) / 250 - t.low + 1
                        : (n."end" + char_length(n.suffix) - 1) / 250 - t.low + 1], '')
                end, (n.start - char_length(n.prefix)) % 250 + 1,
                char_length(n.prefix) + char_length(n.exact) + char_length(n.suffix))
    loop
        perform factcheck_check_range(doubtful);
    end loop;
    return null;
end $$;

-- ── Labels ─────────────────────────────────────────────────────────────────────────────────────────────────────────
-- Annotations are looked up one by one, their articles and the terms once each.
create or replace function factcheck_labels_added() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    found record;
begin
    select bool_or(t.id is null) as has_foreign_term, bool_or(v.key = 'verdict') as has_verdict,
        bool_or(l.is_foreign) as is_foreign, bool_or(a.state not in ('draft', 'checking')) as is_locked,
        bool_or(l.state in ('proposed', 'disputed', 'signed_off')) as is_judged
        into found
        from (
            select distinct added.desk_id, added.term_id, n.desk_id is distinct from added.desk_id as is_foreign,
                n.article_id, n.state
            from added left join annotations_annotation n on n.id = added.annotation_id
        ) l
        left join annotations_term t on t.id = l.term_id and t.desk_id = l.desk_id
        left join annotations_vocabulary v on v.id = t.vocabulary_id
        left join annotations_article a on a.id = l.article_id;
    perform factcheck_refused_unless(found.has_verdict is not true, 'annotationterm_no_verdict', 'A verdict is not a label.');
    perform factcheck_refused_unless(found.has_foreign_term is not true, 'annotationterm_term_same_desk',
        'The term is not on the desk of the label.');
    perform factcheck_refused_unless(found.is_foreign is not true, 'annotationterm_annotation_same_desk',
        'The annotation is not on the desk of the label.');
    perform factcheck_refused_unless(found.is_locked is not true, 'article_locked',
        'The article is locked: reopen it first.');
    perform factcheck_refused_unless(found.is_judged is not true, 'annotation_change_voids',
        'A change to what was proposed makes it need a recheck.');
    return null;
end $$;

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

-- Numbers have no gaps, and previous hashes are the hashes one number later, behind the last hash stored before; both
-- sides are compared as sums over each hash with its number, which needs no order. Of a statement with up to 300 events
-- of a desk every hash is computed again, of a larger one the first, the last and each sixteenth: that finds a writer who
-- hashes wrongly, and verify_history computes them all. Whoever looks at an article hears that something happened there:
-- its id and the number of its last event, no more.
create function factcheck_events_added() returns trigger language plpgsql
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
                e.annotation_id is not null and n.desk_id is distinct from e.desk_id as is_foreign
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
        perform factcheck_refuse('event_annotation_same_desk', 'The annotation is not on the desk of the event.');
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
create trigger events_added after insert on annotations_event referencing new table as added
    for each statement execute function factcheck_events_added();
drop trigger event_belongs on annotations_event;
drop trigger event_chained on annotations_event;
drop trigger events_told on annotations_event;
drop function factcheck_events_belong();
drop function factcheck_events_chained();
drop function factcheck_tell();

-- ── Annotations ────────────────────────────────────────────────────────────────────────────────────────────────────
-- A statement has few articles and authors, so each of them is looked up once.
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
    if found.article then
        perform factcheck_refuse('annotation_article_same_desk', 'The article is not on the desk of the annotation.');
    elsif found.revision then
        perform factcheck_refuse('annotation_revision_same_article', 'The text is not one of the article.');
    elsif found.author then
        perform factcheck_refuse('annotation_author_known', 'Nobody has the id of the author.');
    elsif found.late then
        perform factcheck_refuse('annotation_begins_open', 'An annotation begins open or as a suggestion.');
    elsif found.locked then
        perform factcheck_refuse('article_locked', 'The article is locked: reopen it first.');
    end if;
    return null;
end $$;
drop trigger annotation_belongs on annotations_annotation;
drop function factcheck_annotations_belong();

-- Of each text the pieces around what is needed come as an array. Rows with fragments are few, and always looked at one
-- by one, as all are in which something is wrong: the guard of rows names it. Joins are by hashing, but for what a
-- lateral looks up: a plan that was made for one row serves for thousands.
create or replace function factcheck_annotations_placed() returns trigger language plpgsql
set enable_seqscan = off set enable_nestloop = off set enable_mergejoin = off as $$
declare
    doubtful annotations_annotation;
begin
    for doubtful in
        select n.* from added n
        left join (
            select g.revision_id, pieces.low, pieces.texts
            from (
                select revision_id, min(start) / 250 - 1 as low, max("end") / 250 + 1 as high from added group by revision_id
            ) g cross join lateral (
                select array_agg(p.text order by p.number), min(p.number) from annotations_textpiece p
                where p.revision_id = g.revision_id and p.number between g.low and g.high
            ) pieces (texts, low)
        ) t on t.revision_id = n.revision_id
        cross join lateral (
            select n.start - char_length(n.prefix), n."end" + char_length(n.suffix) offset 0
        ) around (first, last)
        where n.fragments <> '{}' or around.first < 0 or char_length(n.exact) <> n."end" - n.start
            or n.prefix || n.exact || n.suffix is distinct from substr(
                case (around.last - 1) / 250 - around.first / 250
                    when 0 then t.texts[around.first / 250 - t.low + 1]
                    when 1 then t.texts[around.first / 250 - t.low + 1] || t.texts[around.first / 250 - t.low + 2]
                    else array_to_string(
                        t.texts[around.first / 250 - t.low + 1 : (around.last - 1) / 250 - t.low + 1], '')
                end, around.first % 250 + 1, around.last - around.first)
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
    if found.has_verdict then
        perform factcheck_refuse('annotationterm_no_verdict', 'A verdict is not a label.');
    elsif found.has_foreign_term then
        perform factcheck_refuse('annotationterm_term_same_desk', 'The term is not on the desk of the label.');
    elsif found.is_foreign then
        perform factcheck_refuse('annotationterm_annotation_same_desk', 'The annotation is not on the desk of the label.');
    elsif found.is_locked then
        perform factcheck_refuse('article_locked', 'The article is locked: reopen it first.');
    elsif found.is_judged then
        perform factcheck_refuse('annotation_change_voids', 'A change to what was proposed makes it need a recheck.');
    end if;
    return null;
end $$;

-- ── Articles ───────────────────────────────────────────────────────────────────────────────────────────────────────
-- An article may come with its text, which is stored after it: one row instead of a row and its change.
alter table annotations_article alter constraint article_revision_its_own deferrable initially deferred;

create or replace function factcheck_cut() returns trigger language plpgsql as $$
begin
    insert into annotations_textpiece (revision_id, number, text)
        select added.id, ordinality - 1, piece[1]
        from added, regexp_matches(added.text, '.{1,250}', 'g') with ordinality as pieces (piece, ordinality);
    return null;
end $$;
drop trigger revision_cut on annotations_revision;
create trigger revision_cut after insert on annotations_revision referencing new table as added
    for each statement execute function factcheck_cut();

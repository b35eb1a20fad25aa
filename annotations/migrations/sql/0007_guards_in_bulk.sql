-- The same guards for many rows at once. What is inserted is looked at in sets, so that a text is unpacked once and not
-- once a row; a row that does not pass at a glance is given to the guard of single rows, which says what is wrong.

-- ── Ranges ─────────────────────────────────────────────────────────────────────────────────────────────────────────
create function factcheck_check_range(given annotations_annotation) returns void language plpgsql as $$
declare
    body text;
    size integer;
    parts integer := coalesce(array_length(given.fragments, 1), 0);
begin
    -- Joining an empty text unpacks it here, not again in every look at it.
    select text || '', length into body, size from annotations_revision where id = given.revision_id;
    if given.start < 0 or given."end" > size then
        perform factcheck_refuse('annotation_range_inside_text',
            format('The range %s to %s lies outside the text (%s code points).', given.start, given."end", size));
    end if;
    if substr(body, given.start + 1, given."end" - given.start) is distinct from given.exact then
        perform factcheck_refuse('annotation_exact_is_slice', 'The quote is not what the text says at this range.');
    end if;
    if char_length(given.prefix) > given.start
        or substr(body, given.start + 1 - char_length(given.prefix), char_length(given.prefix))
            is distinct from given.prefix
        or substr(body, given."end" + 1, char_length(given.suffix)) is distinct from given.suffix then
        perform factcheck_refuse('annotation_context_is_slice', 'The context is not what the text says around this range.');
    end if;
    if parts = 1 or (parts > 1 and (given.fragments[1][1] <> given.start or given.fragments[parts][2] <> given."end")) then
        perform factcheck_refuse('annotation_fragments_fill_range', 'The fragments do not begin and end with the range.');
    end if;
    for part in 1 .. parts loop
        if given.fragments[part][1] >= given.fragments[part][2]
            or (part > 1 and given.fragments[part][1] < given.fragments[part - 1][2]) then
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

create function factcheck_check_beginning(given annotations_annotation) returns void language plpgsql as $$
begin
    perform factcheck_refused_unless(given.state in ('open', 'suggested'), 'annotation_begins_open',
        'An annotation begins open or as a suggestion.');
    perform factcheck_refused_unless(factcheck_article_open(given.article_id), 'article_locked',
        'The article is locked: reopen it first.');
end $$;

create function factcheck_annotations_added() returns trigger language plpgsql as $$
declare
    doubtful annotations_annotation;
begin
    for doubtful in
        with texts as materialized (
            select r.id, r.length, r.text || '' as body from annotations_revision r
            where r.id in (select revision_id from added)
        ), articles as materialized (
            select id from annotations_article where id in (select article_id from added) and state in ('draft', 'checking')
        )
        select a.* from added a left join texts r on r.id = a.revision_id left join articles o on o.id = a.article_id
        where (
            a.start >= 0 and a."end" <= r.length and a.fragments = '{}' and char_length(a.prefix) <= a.start
            and substr(r.body, a.start + 1 - char_length(a.prefix),
                char_length(a.prefix) + a."end" - a.start + char_length(a.suffix)) = a.prefix || a.exact || a.suffix
            and char_length(a.exact) = a."end" - a.start
            and a.state in ('open', 'suggested') and o.id is not null
        ) is not true
    loop
        perform factcheck_check_range(doubtful);
        perform factcheck_check_beginning(doubtful);
    end loop;
    return null;
end $$;
drop trigger annotation_begins on annotations_annotation;
drop function factcheck_annotation_begins();
create trigger annotations_added after insert on annotations_annotation referencing new table as added
    for each statement execute function factcheck_annotations_added();

-- ── Labels ─────────────────────────────────────────────────────────────────────────────────────────────────────────
create function factcheck_labels_added() returns trigger language plpgsql as $$
begin
    perform factcheck_refused_unless(
        not exists (
            select from annotations_vocabulary v join annotations_term t on t.vocabulary_id = v.id
            where v.key = 'verdict' and t.id in (select term_id from added)),
        'annotationterm_no_verdict', 'A verdict is not a label.');
    perform factcheck_refused_unless(
        not exists (
            select from annotations_article where state not in ('draft', 'checking')
                and id in (select article_id from annotations_annotation where id in (select annotation_id from added))),
        'article_locked', 'The article is locked: reopen it first.');
    perform factcheck_refused_unless(
        not exists (
            select from annotations_annotation where id in (select annotation_id from added)
                and state in ('proposed', 'disputed', 'signed_off')),
        'annotation_change_voids', 'A change to what was proposed makes it need a recheck.');
    return null;
end $$;
drop trigger label_guard on annotations_annotationterm;
create trigger label_guard before update on annotations_annotationterm
    for each row execute function factcheck_label();
drop trigger label_change on annotations_annotationterm;
create trigger label_change before update or delete on annotations_annotationterm
    for each row execute function factcheck_part_change();
create trigger labels_added after insert on annotations_annotationterm referencing new table as added
    for each statement execute function factcheck_labels_added();

-- ── History ────────────────────────────────────────────────────────────────────────────────────────────────────────
-- As before, with the hash written out: calling a function in SQL costs more than the hash does.
create or replace function factcheck_event_chain() returns trigger language plpgsql as $$
begin
    -- Taken last in every transaction, so that it can never be part of a deadlock.
    perform pg_advisory_xact_lock(7305103, hashtext(new.desk_id::text));
    select number + 1, hash into new.number, new.previous_hash from annotations_event
        where desk_id = new.desk_id order by number desc limit 1;
    new.number := coalesce(new.number, 1);
    new.previous_hash := coalesce(new.previous_hash, '');
    new.hash := encode(sha256(convert_to(jsonb_build_array(
        new.desk_id, new.number, new.id, new.article_id, new.annotation_id, new.actor_id, new.action,
        new.object_type, new.object_id, new.reason, new.before, new.after,
        (extract(epoch from new.created) * 1000000)::bigint, new.previous_hash
    )::text, 'UTF8')), 'hex');
    return new;
end $$;

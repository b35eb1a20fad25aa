-- The same guards for many rows at once: what is inserted is looked at in sets. Ranges stay with their guard of rows.

-- ── How annotations begin ──────────────────────────────────────────────────────────────────────────────────────────
create function factcheck_annotations_added() returns trigger language plpgsql as $$
begin
    perform factcheck_refused_unless(
        not exists (select from added where state not in ('open', 'suggested')),
        'annotation_begins_open', 'An annotation begins open or as a suggestion.');
    perform factcheck_refused_unless(
        not exists (
            select from annotations_article where state not in ('draft', 'checking')
                and id in (select article_id from added)),
        'article_locked', 'The article is locked: reopen it first.');
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

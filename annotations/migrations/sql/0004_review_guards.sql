-- Four eyes, sign-off and a chained history, kept by the database whoever writes.

create function factcheck_refused_unless(holds boolean, guard text, message text) returns void language plpgsql as $$
begin
    if holds is not true then
        perform factcheck_refuse(guard, message);
    end if;
end $$;

-- ── People ─────────────────────────────────────────────────────────────────────────────────────────────────────────
create function factcheck_holds(person uuid, role text, desk uuid) returns boolean language sql stable as $$
    select exists (
        select from annotations_membership m join annotations_user u on u.id = m.user_id
        where m.user_id = person and m.desk_id = desk and m.active and u.is_active and role = any (m.roles)
    )
$$;

-- Who created, proposed, attributed or edited an annotation, ever, took part in it.
create function factcheck_took_part(annotation uuid, person uuid) returns boolean language sql stable as $$
    select exists (select from annotations_annotation where id = annotation and author_id = person)
        or exists (select from annotations_verdict where annotation_id = annotation and author_id = person)
        or exists (select from annotations_attribution where annotation_id = annotation and author_id = person)
        or exists (select from annotations_evidence where annotation_id = annotation and author_id = person)
        or exists (
            select from annotations_event where annotation_id = annotation and actor_id = person
            and action in ('create', 'accept', 'edit', 'propose', 'undo', 'add_evidence', 'add_attribution',
                'retire_evidence', 'retire_attribution')
        )
$$;

-- ── Reviews ────────────────────────────────────────────────────────────────────────────────────────────────────────
create function factcheck_review() returns trigger language plpgsql as $$
declare
    reviewed annotations_annotation;
    role text := case when new.decision in ('approve', 'return', 'dispute') then 'reviewer' else 'head' end;
begin
    select * into reviewed from annotations_annotation where id = new.annotation_id for no key update;
    perform factcheck_refused_unless(new.version = reviewed.version, 'review_of_current_version',
        'A review is bound to the version that was looked at, and this is not the current one.');
    perform factcheck_refused_unless(
        reviewed.state = case when new.decision = 'decide' then 'disputed' else 'proposed' end,
        'review_of_proposal', 'There is no proposal to review.');
    perform factcheck_refused_unless(factcheck_holds(new.person_id, role, reviewed.desk_id),
        'review_person_may', 'This person does not hold the role that such a review needs.');
    if new.decision in ('approve', 'approve_in_emergency', 'decide') then
        perform factcheck_refused_unless(not factcheck_took_part(new.annotation_id, new.person_id),
            'review_four_eyes', 'Whoever worked on an annotation cannot approve it.');
    end if;
    if new.decision = 'decide' then
        perform factcheck_refused_unless(
            not exists (select from annotations_review where annotation_id = new.annotation_id and person_id = new.person_id),
            'review_decider_took_no_part', 'Whoever reviewed a verdict cannot decide the dispute about it.');
    end if;
    return new;
end $$;
create trigger review_guard before insert on annotations_review for each row execute function factcheck_review();
create trigger review_written_once before update on annotations_review for each row
    execute function factcheck_written_once('review_written_once', '{voided_at}');
create function factcheck_void_stays() returns trigger language plpgsql as $$
begin
    perform factcheck_refuse(tg_argv[0], 'What is void stays void.');
    return null;
end $$;
create trigger review_void_stays before update on annotations_review for each row
    when (old.voided_at is not null) execute function factcheck_void_stays('review_void_stays');
create trigger review_never_deleted before delete on annotations_review for each row
    execute function factcheck_frozen('review_never_deleted', 'A review is voided, never deleted.');

-- ── Annotations: how they begin, what a change voids, what signs them off ──────────────────────────────────────────
create function factcheck_article_open(article uuid) returns boolean language sql stable as $$
    select state in ('draft', 'checking') from annotations_article where id = article
$$;

create function factcheck_annotation_begins() returns trigger language plpgsql as $$
begin
    perform factcheck_refused_unless(new.state in ('open', 'suggested'), 'annotation_begins_open',
        'An annotation begins open or as a suggestion.');
    perform factcheck_refused_unless(factcheck_article_open(new.article_id), 'article_locked',
        'The article is locked: reopen it first.');
    return new;
end $$;
create trigger annotation_begins before insert on annotations_annotation
    for each row execute function factcheck_annotation_begins();

create function factcheck_annotation_moves() returns trigger language plpgsql as $$
declare
    approvals integer;
    needed integer;
begin
    perform factcheck_refused_unless(factcheck_article_open(new.article_id), 'article_locked',
        'The article is locked: reopen it first.');
    if old.state in ('proposed', 'disputed', 'signed_off') and new.state <> 'needs_recheck' and (
        new.exact <> old.exact or new.claim <> old.claim
        or (new.revision_id = old.revision_id
            and (new.start, new."end", new.fragments) is distinct from (old.start, old."end", old.fragments))
    ) then
        perform factcheck_refuse('annotation_change_voids', 'A change to what was proposed makes it need a recheck.');
    end if;
    if new.state = 'signed_off' and old.state = 'proposed' then
        select count(distinct r.person_id) filter (where r.decision = 'approve'),
            min(case when r.decision = 'approve_in_emergency' then 0 else d.approvals_needed end)
            into approvals, needed
        from annotations_review r join annotations_user u on u.id = r.person_id
            join annotations_desk d on d.id = r.desk_id
        where r.annotation_id = new.id and r.voided_at is null and u.is_active
            and r.decision in ('approve', 'approve_in_emergency');
        perform factcheck_refused_unless(approvals >= needed, 'annotation_four_eyes',
            'This needs the approval of other people first.');
    elsif new.state = 'signed_off' and old.state = 'disputed' then
        perform factcheck_refused_unless(
            exists (select from annotations_review where annotation_id = new.id and decision = 'decide'
                and outcome = 'signed_off' and voided_at is null),
            'annotation_four_eyes', 'This needs the decision of the head of research first.');
    elsif new.state = 'signed_off' and old.state <> 'signed_off' then
        perform factcheck_refuse('annotation_four_eyes', 'Only a proposed or disputed verdict can be signed off.');
    end if;
    if new.state <> old.state and new.state in ('open', 'returned', 'needs_recheck', 'withdrawn') then
        update annotations_review set voided_at = now() where annotation_id = new.id and voided_at is null;
    end if;
    return new;
end $$;
create trigger annotation_moves before update on annotations_annotation
    for each row execute function factcheck_annotation_moves();

-- Labels, attributions, evidence and verdicts of a proposed or signed-off annotation stay as they were judged.
create function factcheck_part_change() returns trigger language plpgsql as $$
declare
    owner uuid := case when tg_op = 'DELETE' then old.annotation_id else new.annotation_id end;
    found record;
begin
    select state, factcheck_article_open(article_id) as is_open into found from annotations_annotation where id = owner;
    perform factcheck_refused_unless(found.is_open, 'article_locked', 'The article is locked: reopen it first.');
    perform factcheck_refused_unless(found.state not in ('proposed', 'disputed', 'signed_off'), 'annotation_change_voids',
        'A change to what was proposed makes it need a recheck.');
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger label_change before insert or update or delete on annotations_annotationterm
    for each row execute function factcheck_part_change();
create trigger attribution_change before insert or update on annotations_attribution
    for each row execute function factcheck_part_change();
create trigger evidence_change before insert or update on annotations_evidence
    for each row execute function factcheck_part_change();
create trigger verdict_change before insert or update on annotations_verdict
    for each row execute function factcheck_part_change();

-- ── Articles: cleared and published only over a sign-off of this very revision ─────────────────────────────────────
create function factcheck_article_moves() returns trigger language plpgsql as $$
begin
    if new.state in ('cleared', 'published') and new.state <> old.state then
        perform factcheck_refused_unless(
            exists (select from annotations_signoff where article_id = new.id and revision_id = new.revision_id
                and voided_at is null),
            'article_signed_off', 'The head of research has not signed this revision off.');
        perform factcheck_refused_unless(
            not exists (select from annotations_annotation where article_id = new.id
                and state not in ('signed_off', 'withdrawn', 'suggested')),
            'article_all_settled', 'Some annotations are neither signed off nor withdrawn.');
    end if;
    if new.revision_id is distinct from old.revision_id and new.state not in ('draft', 'checking') then
        perform factcheck_refuse('article_locked', 'The text of a cleared article is locked: reopen it first.');
    end if;
    if new.state in ('draft', 'checking') and old.state not in ('draft', 'checking') then
        update annotations_signoff set voided_at = now() where article_id = new.id and voided_at is null;
    end if;
    return new;
end $$;
create trigger article_moves before update on annotations_article
    for each row execute function factcheck_article_moves();

create function factcheck_signoff() returns trigger language plpgsql as $$
begin
    perform factcheck_refused_unless(factcheck_holds(new.person_id, 'head', new.desk_id), 'signoff_person_may',
        'Only the head of research signs articles off.');
    perform factcheck_refused_unless(
        not exists (select from annotations_article where id = new.article_id and created_by_id = new.person_id),
        'signoff_four_eyes', 'Whoever brought an article in cannot clear it.');
    return new;
end $$;
create trigger signoff_guard before insert on annotations_signoff for each row execute function factcheck_signoff();
create trigger signoff_written_once before update on annotations_signoff for each row
    execute function factcheck_written_once('signoff_written_once', '{voided_at}');
create trigger signoff_void_stays before update on annotations_signoff for each row
    when (old.voided_at is not null) execute function factcheck_void_stays('signoff_void_stays');
create trigger signoff_never_deleted before delete on annotations_signoff for each row
    execute function factcheck_frozen('signoff_never_deleted', 'A sign-off is voided, never deleted.');
alter table annotations_signoff
    add constraint signoff_digest_is_snapshots check (digest = encode(sha256(convert_to(snapshot, 'UTF8')), 'hex'));

-- ── Coverage and the confidential tier ─────────────────────────────────────────────────────────────────────────────
create function factcheck_mark() returns trigger language plpgsql as $$
begin
    perform factcheck_refused_unless(
        new."end" <= (select length from annotations_revision where id = new.revision_id),
        'coveragemark_inside_text', 'The mark ends after the text.');
    return new;
end $$;
create trigger coveragemark_guard before insert on annotations_coveragemark
    for each row execute function factcheck_mark();
create trigger coveragemark_written_once before update on annotations_coveragemark for each row
    execute function factcheck_written_once('coveragemark_written_once', '{retired_at}');
create trigger coveragemark_never_deleted before delete on annotations_coveragemark for each row
    execute function factcheck_frozen('coveragemark_never_deleted', 'A mark is taken back, never deleted.');
create trigger identity_written_once before update on annotations_identity for each row
    execute function factcheck_written_once('identity_written_once', '{}');
create trigger identity_never_deleted before delete on annotations_identity for each row
    execute function factcheck_frozen('identity_never_deleted', 'A confidential identity is never deleted.');

drop trigger comment_written_once on annotations_comment;
create trigger comment_written_once before update on annotations_comment for each row
    execute function factcheck_written_once('comment_written_once', '{resolved_by_id,resolved_at,outcome}');

-- ── One desk ───────────────────────────────────────────────────────────────────────────────────────────────────────
alter table annotations_attribution add constraint attribution_of_desk unique (desk_id, id);
alter table annotations_review add constraint review_annotation_same_desk
    foreign key (desk_id, annotation_id) references annotations_annotation (desk_id, id);
alter table annotations_coveragemark add constraint coveragemark_revision_same_desk
    foreign key (desk_id, revision_id) references annotations_revision (desk_id, id);
alter table annotations_signoff
    add constraint signoff_article_same_desk foreign key (desk_id, article_id) references annotations_article (desk_id, id),
    add constraint signoff_revision_same_article foreign key (article_id, revision_id)
        references annotations_revision (article_id, id);
alter table annotations_identity add constraint identity_attribution_same_desk
    foreign key (desk_id, attribution_id) references annotations_attribution (desk_id, id);
alter table annotations_notice
    add constraint notice_article_same_desk foreign key (desk_id, article_id) references annotations_article (desk_id, id),
    add constraint notice_annotation_same_desk foreign key (desk_id, annotation_id)
        references annotations_annotation (desk_id, id);

-- ── History: numbered from 1 and chained, a desk at a time ─────────────────────────────────────────────────────────
-- The hash covers this array as jsonb text in UTF-8; time in microseconds since 1970.
create function factcheck_event_hash(event annotations_event) returns text language sql immutable as $$
    select encode(sha256(convert_to(jsonb_build_array(
        event.desk_id, event.number, event.id, event.article_id, event.annotation_id, event.actor_id, event.action,
        event.object_type, event.object_id, event.reason, event.before, event.after,
        (extract(epoch from event.created) * 1000000)::bigint, event.previous_hash
    )::text, 'UTF8')), 'hex')
$$;

create function factcheck_event_chain() returns trigger language plpgsql as $$
begin
    -- Taken last in every transaction, so that it can never be part of a deadlock.
    perform pg_advisory_xact_lock(7305103, hashtext(new.desk_id::text));
    select number + 1, hash into new.number, new.previous_hash from annotations_event
        where desk_id = new.desk_id order by number desc limit 1;
    new.number := coalesce(new.number, 1);
    new.previous_hash := coalesce(new.previous_hash, '');
    new.hash := factcheck_event_hash(new);
    return new;
end $$;

-- Events from before the chain are chained in the order they were made.
alter table annotations_event disable trigger event_append_only;
do $$
declare
    event annotations_event;
    last annotations_event;
begin
    for event in select * from annotations_event order by desk_id, id loop
        if last.desk_id is distinct from event.desk_id then
            last.number := 0;
            last.hash := '';
        end if;
        event.number := last.number + 1;
        event.previous_hash := last.hash;
        event.hash := factcheck_event_hash(event);
        update annotations_event set number = event.number, previous_hash = event.previous_hash, hash = event.hash
            where id = event.id;
        last := event;
    end loop;
end $$;
alter table annotations_event enable trigger event_append_only;

create trigger event_chain before insert on annotations_event for each row execute function factcheck_event_chain();

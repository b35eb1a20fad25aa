-- The laws that the database keeps by itself, whoever writes: ranges, quotes, frozen texts, desks that do not mix,
-- history that only grows. A refusal names its guard as the constraint and says in a sentence what is wrong.

create function factcheck_refuse(guard text, message text) returns void language plpgsql as $$
begin
    raise exception using errcode = 'check_violation', constraint = guard, message = message;
end $$;

-- What is frozen stays as it was written; the trigger's arguments are the guard's name and its sentence.
create function factcheck_frozen() returns trigger language plpgsql as $$
begin
    perform factcheck_refuse(tg_argv[0], tg_argv[1]);
    return null;
end $$;

create trigger revision_frozen before update or delete on annotations_revision for each row
    execute function factcheck_frozen('revision_frozen', 'A revision is frozen. New copy is a new revision.');
create trigger revision_frozen_all before truncate on annotations_revision for each statement
    execute function factcheck_frozen('revision_frozen', 'A revision is frozen. New copy is a new revision.');
create trigger block_frozen before update or delete on annotations_block for each row
    execute function factcheck_frozen('block_frozen', 'The blocks of a revision are frozen with it.');
create trigger storedfile_frozen before update or delete on annotations_storedfile for each row
    execute function factcheck_frozen('storedfile_frozen', 'Stored bytes never change.');
create trigger event_append_only before update or delete on annotations_event for each row
    execute function factcheck_frozen('event_append_only', 'History only grows: an event is never changed or deleted.');
create trigger event_append_only_all before truncate on annotations_event for each statement
    execute function factcheck_frozen('event_append_only', 'History only grows: an event is never changed or deleted.');
create trigger user_never_deleted before delete on annotations_user for each row
    execute function factcheck_frozen('user_never_deleted', 'People are deactivated, never deleted.');
create trigger annotation_never_deleted before delete on annotations_annotation for each row
    execute function factcheck_frozen('annotation_never_deleted', 'An annotation is withdrawn, never deleted.');
create trigger article_never_deleted before delete on annotations_article for each row
    execute function factcheck_frozen('article_never_deleted', 'An article is never deleted.');
create trigger attribution_never_deleted before delete on annotations_attribution for each row
    execute function factcheck_frozen('attribution_never_deleted', 'An attribution is retired, never deleted.');
create trigger evidence_never_deleted before delete on annotations_evidence for each row
    execute function factcheck_frozen('evidence_never_deleted', 'Evidence is retired, never deleted.');
create trigger verdict_never_deleted before delete on annotations_verdict for each row
    execute function factcheck_frozen('verdict_never_deleted', 'A verdict is superseded, never deleted.');
create trigger comment_never_deleted before delete on annotations_comment for each row
    execute function factcheck_frozen('comment_never_deleted', 'A comment is resolved, never deleted.');

-- Parts are written once: only their retirement, or a comment's settlement, may change.
create function factcheck_written_once() returns trigger language plpgsql as $$
declare
    free text[] := tg_argv[1]::text[];
begin
    if (to_jsonb(new) - free) is distinct from (to_jsonb(old) - free) then
        perform factcheck_refuse(tg_argv[0], 'This is written once. A correction is a new row.');
    end if;
    return new;
end $$;

create trigger attribution_written_once before update on annotations_attribution for each row
    execute function factcheck_written_once('attribution_written_once', '{retired_at}');
create trigger evidence_written_once before update on annotations_evidence for each row
    execute function factcheck_written_once('evidence_written_once', '{retired_at}');
create trigger verdict_written_once before update on annotations_verdict for each row
    execute function factcheck_written_once('verdict_written_once', '{retired_at}');
create trigger link_written_once before update on annotations_link for each row
    execute function factcheck_written_once('link_written_once', '{retired_at}');
create trigger comment_written_once before update on annotations_comment for each row
    execute function factcheck_written_once('comment_written_once', '{resolved_by_id,resolved_at}');

-- A revision's length and hash are those of its text; an article's current revision is one of its own.
alter table annotations_revision
    add constraint revision_length_is_texts check (length = char_length(text) and length > 0),
    add constraint revision_sha256_is_texts check (sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex'));
alter table annotations_storedfile
    add constraint storedfile_size_is_contents check (size = octet_length(content)),
    add constraint storedfile_sha256_is_contents check (sha256 = encode(sha256(content), 'hex'));

create function factcheck_block() returns trigger language plpgsql as $$
begin
    if new."end" > (select length from annotations_revision where id = new.revision_id) then
        perform factcheck_refuse('block_inside_text', 'The block ends after the text.');
    end if;
    return new;
end $$;
create trigger block_inside_text before insert on annotations_block for each row execute function factcheck_block();

-- Ranges: inside the text, quote and context the very slices, fragments ordered, disjoint, filling their envelope.
create function factcheck_annotation() returns trigger language plpgsql as $$
declare
    body text;
    size integer;
    parts integer := coalesce(array_length(new.fragments, 1), 0);
begin
    select text, length into body, size from annotations_revision where id = new.revision_id;
    if new.start < 0 or new."end" > size then
        perform factcheck_refuse('annotation_range_inside_text',
            format('The range %s to %s lies outside the text (%s code points).', new.start, new."end", size));
    end if;
    if substr(body, new.start + 1, new."end" - new.start) is distinct from new.exact then
        perform factcheck_refuse('annotation_exact_is_slice', 'The quote is not what the text says at this range.');
    end if;
    if char_length(new.prefix) > new.start
        or substr(body, new.start + 1 - char_length(new.prefix), char_length(new.prefix)) is distinct from new.prefix
        or substr(body, new."end" + 1, char_length(new.suffix)) is distinct from new.suffix then
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
    return new;
end $$;
create trigger annotation_range_guard
    before insert or update of start, "end", exact, prefix, suffix, fragments, revision_id on annotations_annotation
    for each row execute function factcheck_annotation();

-- Source and cue ranges of an attribution lie inside the annotation's text; its terms belong to their own vocabularies.
create function factcheck_vocabulary_of(term uuid) returns text language sql stable as $$
    select v.key from annotations_term t join annotations_vocabulary v on v.id = t.vocabulary_id where t.id = term
$$;

create function factcheck_attribution() returns trigger language plpgsql as $$
begin
    if greatest(new.source_end, new.cue_end) > (
        select r.length from annotations_annotation a join annotations_revision r on r.id = a.revision_id
        where a.id = new.annotation_id
    ) then
        perform factcheck_refuse('attribution_range_inside_text', 'The source or cue range ends after the text.');
    end if;
    if factcheck_vocabulary_of(new.origin_id) <> 'origin'
        or factcheck_vocabulary_of(new.identification_id) <> 'identification'
        or factcheck_vocabulary_of(new.channel_id) <> 'channel'
        or factcheck_vocabulary_of(new.distance_id) <> 'distance' then
        perform factcheck_refuse('attribution_terms_on_their_axes', 'A term of the attribution is from another vocabulary.');
    end if;
    return new;
end $$;
create trigger attribution_guard before insert on annotations_attribution
    for each row execute function factcheck_attribution();

create function factcheck_verdict() returns trigger language plpgsql as $$
begin
    if factcheck_vocabulary_of(new.term_id) <> 'verdict' then
        perform factcheck_refuse('verdict_term_on_scale', 'The term of a verdict is not from the verdict scale.');
    end if;
    return new;
end $$;
create trigger verdict_guard before insert on annotations_verdict for each row execute function factcheck_verdict();

create function factcheck_label() returns trigger language plpgsql as $$
begin
    if factcheck_vocabulary_of(new.term_id) = 'verdict' then
        perform factcheck_refuse('annotationterm_no_verdict', 'A verdict is not a label.');
    end if;
    return new;
end $$;
create trigger label_guard before insert or update on annotations_annotationterm
    for each row execute function factcheck_label();

-- Nothing crosses desks: every row carries its desk, and refers to rows of that desk by (desk, id).
alter table annotations_article add constraint article_of_desk unique (desk_id, id);
alter table annotations_revision add constraint revision_of_desk unique (desk_id, id);
alter table annotations_revision add constraint revision_of_article unique (article_id, id);
alter table annotations_vocabulary add constraint vocabulary_of_desk unique (desk_id, id);
alter table annotations_term add constraint term_of_desk unique (desk_id, id);
alter table annotations_annotation add constraint annotation_of_desk unique (desk_id, id);
alter table annotations_storedfile add constraint storedfile_of_desk unique (desk_id, id);

alter table annotations_article
    add constraint article_revision_its_own foreign key (id, revision_id)
        references annotations_revision (article_id, id);
alter table annotations_revision
    add constraint revision_article_same_desk foreign key (desk_id, article_id) references annotations_article (desk_id, id),
    add constraint revision_source_same_desk foreign key (desk_id, source_id) references annotations_storedfile (desk_id, id);
alter table annotations_term
    add constraint term_vocabulary_same_desk foreign key (desk_id, vocabulary_id)
        references annotations_vocabulary (desk_id, id);
alter table annotations_annotation
    add constraint annotation_article_same_desk foreign key (desk_id, article_id) references annotations_article (desk_id, id),
    add constraint annotation_revision_same_article foreign key (article_id, revision_id)
        references annotations_revision (article_id, id),
    add constraint annotation_assignee_same_desk foreign key (desk_id, assignee_id)
        references annotations_membership (desk_id, user_id);
alter table annotations_annotationterm
    add constraint annotationterm_annotation_same_desk foreign key (desk_id, annotation_id)
        references annotations_annotation (desk_id, id),
    add constraint annotationterm_term_same_desk foreign key (desk_id, term_id) references annotations_term (desk_id, id);
alter table annotations_attribution
    add constraint attribution_annotation_same_desk foreign key (desk_id, annotation_id)
        references annotations_annotation (desk_id, id),
    add constraint attribution_origin_same_desk foreign key (desk_id, origin_id) references annotations_term (desk_id, id),
    add constraint attribution_identification_same_desk foreign key (desk_id, identification_id)
        references annotations_term (desk_id, id),
    add constraint attribution_channel_same_desk foreign key (desk_id, channel_id) references annotations_term (desk_id, id),
    add constraint attribution_distance_same_desk foreign key (desk_id, distance_id)
        references annotations_term (desk_id, id);
alter table annotations_evidence
    add constraint evidence_annotation_same_desk foreign key (desk_id, annotation_id)
        references annotations_annotation (desk_id, id),
    add constraint evidence_file_same_desk foreign key (desk_id, file_id) references annotations_storedfile (desk_id, id),
    add constraint evidence_archive_same_desk foreign key (desk_id, archive_id)
        references annotations_storedfile (desk_id, id);
alter table annotations_verdict
    add constraint verdict_annotation_same_desk foreign key (desk_id, annotation_id)
        references annotations_annotation (desk_id, id),
    add constraint verdict_term_same_desk foreign key (desk_id, term_id) references annotations_term (desk_id, id);
alter table annotations_link
    add constraint link_annotation_same_desk foreign key (desk_id, annotation_id)
        references annotations_annotation (desk_id, id),
    add constraint link_target_same_desk foreign key (desk_id, target_id) references annotations_annotation (desk_id, id);
alter table annotations_comment
    add constraint comment_annotation_same_desk foreign key (desk_id, annotation_id)
        references annotations_annotation (desk_id, id);
alter table annotations_event
    add constraint event_article_same_desk foreign key (desk_id, article_id) references annotations_article (desk_id, id),
    add constraint event_annotation_same_desk foreign key (desk_id, annotation_id)
        references annotations_annotation (desk_id, id);

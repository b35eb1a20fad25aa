-- Revisions that follow each other: placements are history; ranges of attributions keep their words; only what stands in
-- the current text can be proposed or signed off.

create trigger placement_written_once before update on annotations_placement for each row
    execute function factcheck_written_once('placement_written_once', '{decision,decided_by_id,decided_at}');
create trigger placement_never_deleted before delete on annotations_placement for each row
    execute function factcheck_frozen('placement_never_deleted', 'Where an annotation stood is history.');
alter table annotations_placement
    add constraint placement_annotation_same_desk foreign key (desk_id, annotation_id)
        references annotations_annotation (desk_id, id),
    add constraint placement_revision_same_desk foreign key (desk_id, revision_id)
        references annotations_revision (desk_id, id),
    add constraint placement_next_revision_same_desk foreign key (desk_id, next_revision_id)
        references annotations_revision (desk_id, id);

create function factcheck_placement() returns trigger language plpgsql as $$
begin
    perform factcheck_refused_unless(
        (select substr(text, new.start + 1, new."end" - new.start) = new.exact from annotations_revision
            where id = new.revision_id),
        'placement_exact_is_slice', 'The quote is not what the older text says at this range.');
    perform factcheck_refused_unless(
        coalesce(new.new_end, 0) <= (select length from annotations_revision where id = new.next_revision_id),
        'placement_inside_text', 'The place ends after the newer text.');
    return new;
end $$;
create trigger placement_guard before insert on annotations_placement
    for each row execute function factcheck_placement();

-- ── Ranges of attributions: the database keeps their words, and lets the ranges go only to the same words ──────────
create function factcheck_slice(annotation uuid, first integer, last integer) returns text language sql stable as $$
    select coalesce(substr(r.text, first + 1, last - first), '')
    from annotations_annotation a join annotations_revision r on r.id = a.revision_id where a.id = annotation
$$;

alter table annotations_attribution disable trigger user;
update annotations_attribution set
    source_exact = factcheck_slice(annotation_id, source_start, source_end),
    cue_exact = factcheck_slice(annotation_id, cue_start, cue_end);
alter table annotations_attribution enable trigger user;

create function factcheck_attribution_words() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        new.source_exact := factcheck_slice(new.annotation_id, new.source_start, new.source_end);
        new.cue_exact := factcheck_slice(new.annotation_id, new.cue_start, new.cue_end);
        return new;
    end if;
    perform factcheck_refused_unless(
        factcheck_article_open((select article_id from annotations_annotation where id = new.annotation_id)),
        'article_locked', 'The article is locked: reopen it first.');
    perform factcheck_refused_unless(
        (new.source_start is null or factcheck_slice(new.annotation_id, new.source_start, new.source_end) = new.source_exact)
        and (new.cue_start is null or factcheck_slice(new.annotation_id, new.cue_start, new.cue_end) = new.cue_exact),
        'attribution_words_stay', 'The source or cue range would stand on other words.');
    return new;
end $$;
create trigger attribution_words before insert or update of source_start, source_end, cue_start, cue_end
    on annotations_attribution for each row execute function factcheck_attribution_words();

drop trigger attribution_written_once on annotations_attribution;
create trigger attribution_written_once before update on annotations_attribution for each row
    execute function factcheck_written_once('attribution_written_once',
        '{retired_at,source_start,source_end,cue_start,cue_end}');
drop trigger attribution_change on annotations_attribution;
create trigger attribution_change before insert or update of retired_at on annotations_attribution
    for each row execute function factcheck_part_change();

-- ── Proposed and signed off is only what stands in the current text ────────────────────────────────────────────────
create function factcheck_annotation_placed() returns trigger language plpgsql as $$
begin
    perform factcheck_refused_unless(
        new.revision_id = (select revision_id from annotations_article where id = new.article_id),
        'annotation_in_current_text', 'Its words changed with the text. Decide on its place first.');
    return new;
end $$;
create trigger annotation_placed before update of state on annotations_annotation for each row
    when (new.state in ('proposed', 'signed_off') and new.state <> old.state)
    execute function factcheck_annotation_placed();

create function factcheck_article_placed() returns trigger language plpgsql as $$
begin
    perform factcheck_refused_unless(
        not exists (select from annotations_annotation where article_id = new.id and state = 'signed_off'
            and revision_id <> new.revision_id),
        'article_all_placed', 'A signed-off annotation stands on an older text.');
    return new;
end $$;
create trigger article_placed before update of state on annotations_article for each row
    when (new.state in ('cleared', 'published') and new.state <> old.state)
    execute function factcheck_article_placed();

-- What is looked up for each article takes as long with many of them as with few. PostgreSQL keeps its plan of such a
-- look while it believes the table to be as small as it was; then all indexes that begin with the desk seem to cost the
-- same, it takes the youngest, and reads every article of the desk.

-- ── Articles: the index of both columns is the youngest ────────────────────────────────────────────────────────────
alter table annotations_revision drop constraint revision_article_same_desk;
alter table annotations_signoff drop constraint signoff_article_same_desk;
alter table annotations_notice drop constraint notice_article_same_desk;
alter table annotations_article
    drop constraint article_of_desk, add constraint article_of_desk unique (desk_id, id);
alter table annotations_signoff add constraint signoff_article_same_desk
    foreign key (desk_id, article_id) references annotations_article (desk_id, id);
alter table annotations_notice add constraint notice_article_same_desk
    foreign key (desk_id, article_id) references annotations_article (desk_id, id);

-- ── Texts: their article is looked up for a whole statement, and they are cut in it ────────────────────────────────
create function factcheck_revisions_added() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
    if exists (
        select from added left join annotations_article a on a.id = added.article_id
        where a.desk_id is distinct from added.desk_id)
    then
        perform factcheck_refuse('revision_article_same_desk', 'The article is not on the desk of the text.');
    end if;
    insert into annotations_textpiece (revision_id, number, text)
        select added.id, ordinality - 1, piece[1]
        from added, regexp_matches(added.text, '.{1,250}', 'g') with ordinality as pieces (piece, ordinality);
    return null;
end $$;
drop trigger revision_cut on annotations_revision;
drop function factcheck_cut();
create trigger revisions_added after insert on annotations_revision referencing new table as added
    for each statement execute function factcheck_revisions_added();

-- ── Blocks: texts come through their index ─────────────────────────────────────────────────────────────────────────
alter function factcheck_find_blocks() set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off;

-- ── Annotations: an article comes by its id alone, which only one index serves ─────────────────────────────────────
create or replace function factcheck_annotations_added() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    found record;
begin
    select bool_or(n.state not in ('open', 'suggested')) as late, bool_or(a.state not in ('draft', 'checking')) as locked,
        bool_or(a.desk_id is distinct from n.desk_id) as article,
        bool_or(r.article_id is distinct from n.article_id) as revision, bool_or(u.id is null) as author,
        bool_or(n.assignee_id is not null and m.id is null) as assignee
        into found
        from (select distinct desk_id, article_id, revision_id, author_id, assignee_id, state from added) n
        left join annotations_article a on a.id = n.article_id
        left join annotations_revision r on r.id = n.revision_id
        left join annotations_user u on u.id = n.author_id
        left join annotations_membership m on m.desk_id = n.desk_id and m.user_id = n.assignee_id;
    if found.article then
        perform factcheck_refuse('annotation_article_same_desk', 'The article is not on the desk of the annotation.');
    elsif found.revision then
        perform factcheck_refuse('annotation_revision_same_article', 'The text is not one of the article.');
    elsif found.author then
        perform factcheck_refuse('annotation_author_known', 'Nobody has the id of the author.');
    elsif found.assignee then
        perform factcheck_refuse('annotation_assignee_same_desk', 'The assignee is not on the desk of the annotation.');
    elsif found.late then
        perform factcheck_refuse('annotation_begins_open', 'An annotation begins open or as a suggestion.');
    elsif found.locked then
        perform factcheck_refuse('article_locked', 'The article is locked: reopen it first.');
    end if;
    return null;
end $$;

-- ── Assignees: known to the desk, looked up for a whole statement ──────────────────────────────────────────────────
-- A foreign key is asked for each new row, also for those of nobody. Memberships end by `active`, so that it is enough
-- to look when an annotation comes or changes hands.
create trigger membership_never_deleted before delete on annotations_membership for each row
    execute function factcheck_frozen('membership_never_deleted', 'A membership is ended, never deleted.');
create trigger membership_never_deleted_all before truncate on annotations_membership for each statement
    execute function factcheck_frozen('membership_never_deleted', 'A membership is ended, never deleted.');
create trigger membership_keeps_its_key before update of desk_id, user_id on annotations_membership for each row
    when ((old.desk_id, old.user_id) is distinct from (new.desk_id, new.user_id))
    execute function factcheck_frozen('membership_keeps_its_key', 'A membership stays with its person and desk.');
alter table annotations_annotation drop constraint annotation_assignee_same_desk;

create function factcheck_annotation_assigned() returns trigger language plpgsql as $$
begin
    perform factcheck_refused_unless(
        exists (select from annotations_membership where desk_id = new.desk_id and user_id = new.assignee_id),
        'annotation_assignee_same_desk', 'The assignee is not on the desk of the annotation.');
    return null;
end $$;
create trigger annotation_assigned after update of desk_id, assignee_id on annotations_annotation for each row
    when (new.assignee_id is not null
        and (old.desk_id, old.assignee_id) is distinct from (new.desk_id, new.assignee_id))
    execute function factcheck_annotation_assigned();

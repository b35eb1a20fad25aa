-- What is looked at for an imported span, in less time. What is refused stays refused, by the same guards.

-- ── Annotations: where the text has what is quoted is looked for, not cut out ──────────────────────────────────────
-- Of each text the pieces around what is needed come as an array. To find a quote with what stands around it compares
-- bytes; to cut it out would count characters from the beginning of the piece to the end of the quote. Where it stands
-- first in its pieces must be where it is said to stand. A row of which that is not so is looked at by the guard of
-- rows, which names what is wrong; so is one that repeats what stands a little before it, and one with fragments. Bytes
-- of what follows the quote are at least its characters: there may be a piece too many, but none too few. Joins are by
-- hashing, but for what a lateral looks up: a plan that was made for one row serves for thousands.
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
            select n.start - char_length(n.prefix), n."end" + octet_length(n.suffix) offset 0
        ) around (first, last)
        where n.fragments <> '{}' or around.first < 0 or char_length(n.exact) <> n."end" - n.start
            or strpos(
                case (around.last - 1) / 250 - around.first / 250
                    when 0 then t.texts[around.first / 250 - t.low + 1]
                    when 1 then t.texts[around.first / 250 - t.low + 1] || coalesce(t.texts[around.first / 250 - t.low + 2], '')
                    else array_to_string(
                        t.texts[around.first / 250 - t.low + 1 : (around.last - 1) / 250 - t.low + 1], '')
                end, n.prefix || n.exact || n.suffix) is distinct from around.first % 250 + 1
    loop
        perform factcheck_check_range(doubtful);
    end loop;
    return null;
end $$;

-- ── Search: articles are counted only where rows are few, since that sorts them ────────────────────────────────────
create or replace function factcheck_find_annotations() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
    if (select factcheck_is_bulk(0, count(*)) from added)
        or (select factcheck_is_bulk(count(distinct article_id), 0) from added)
    then
        insert into annotations_searchbacklog (desk_id, article_id) select distinct desk_id, article_id from added;
        return null;
    end if;
    insert into annotations_searchentry (kind, desk_id, article_id, annotation_id, object_id, text, fragments, words)
        select 'annotation', n.desk_id, n.article_id, n.id, n.id, n.lines, factcheck_lines(n.claim, n.note),
            factcheck_words_of(a.language, n.lines)
        from (select *, factcheck_lines(exact, claim, note) as lines from added) n
        join annotations_article a on a.id = n.article_id;
    return null;
end $$;

-- ── Articles and texts: who made them on which desk is looked up for a whole statement ─────────────────────────────
-- Desks and people stay and keep their ids, articles stay on their desk and texts are frozen. A text is on the desk of
-- its article.
create function factcheck_articles_added() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    found record;
begin
    select bool_or(d.id is null) as desk, bool_or(u.id is null) as author into found
        from (select distinct desk_id, created_by_id from added) a
        left join annotations_desk d on d.id = a.desk_id
        left join annotations_user u on u.id = a.created_by_id;
    if found.desk then
        perform factcheck_refuse('article_desk_known', 'Nothing has the id of the desk.');
    elsif found.author then
        perform factcheck_refuse('article_author_known', 'Nobody has the id of who made the article.');
    end if;
    return null;
end $$;
create trigger articles_added after insert on annotations_article referencing new table as added
    for each statement execute function factcheck_articles_added();
create trigger article_keeps_its_author before update of created_by_id on annotations_article for each row
    when (old.created_by_id <> new.created_by_id)
    execute function factcheck_frozen('article_keeps_its_author', 'Who made an article stays known.');

create or replace function factcheck_revisions_added() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    found record;
begin
    select bool_or(a.desk_id is distinct from r.desk_id) as article, bool_or(u.id is null) as author into found
        from added r
        left join annotations_article a on a.id = r.article_id
        left join annotations_user u on u.id = r.created_by_id;
    if found.article then
        perform factcheck_refuse('revision_article_same_desk', 'The article is not on the desk of the text.');
    elsif found.author then
        perform factcheck_refuse('revision_author_known', 'Nobody has the id of who brought the text.');
    end if;
    insert into annotations_textpiece (revision_id, number, text)
        select added.id, ordinality - 1, piece[1]
        from added, regexp_matches(added.text, '.{1,250}', 'g') with ordinality as pieces (piece, ordinality);
    return null;
end $$;

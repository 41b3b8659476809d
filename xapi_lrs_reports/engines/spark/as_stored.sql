-- What the fact store keeps of what was read, in Spark's SQL: a statement once, with its earliest
-- times; copies that say something else are conflicts. See store_schema.py, which does the same
-- batch by batch.
--
-- Reads   outcomes    part, position, fact, void, problem: read_parts.Outcome
--         parts       part, lines_before: lines of the same file in earlier parts
-- Gives   the steps every_fact, voids, conflicts and problems; and the number of copies that
--         stand at another place than the statement first read

WITH sent AS (
    SELECT
        outcomes.part, outcomes.position,
        fact.* EXCEPT (line),
        fact.line + parts.lines_before AS line
    FROM outcomes
    JOIN parts ON parts.part = outcomes.part
    WHERE fact IS NOT NULL
),

-- What an LRS may never change, beside what was read first under the same id.
compared AS (
    SELECT
        sent.*,
        row_number() OVER reading AS copy,
        first_value(source) OVER reading AS first_source,
        first_value(line) OVER reading AS first_line,
        struct({sent_once}) <=> first_value(struct({sent_once})) OVER reading AS agrees
    FROM sent
    WINDOW reading AS (PARTITION BY statement_id ORDER BY part, position)
),

-- The first that names a time of its own says what the others have to say.
judged AS (
    SELECT
        compared.*,
        NOT agrees OR coalesce(
            sent_at <> first_value(CASE WHEN agrees THEN sent_at END) IGNORE NULLS OVER whole,
            FALSE) AS conflicts
    FROM compared
    WINDOW whole AS (
        PARTITION BY statement_id ORDER BY part, position
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
),

every_fact AS (
    SELECT * EXCEPT (copy)
    FROM (
        SELECT
            statement_id, verb, course, course_version, chain, learner, hotel, hotel_source,
            evidence, completion, success, registration,
            min(timestamp) OVER whole AS timestamp,
            min(stored) OVER whole AS stored,
            min(sent_at) OVER whole AS sent_at,
            coalesce(authority, min(authority) OVER whole) AS authority,
            language, source, line, profile, copy
        FROM judged
        WHERE NOT conflicts
        WINDOW whole AS (PARTITION BY statement_id)
    ) AS merged
    WHERE copy = 1
),

conflicts AS (
    SELECT source, line, statement_id, first_source, first_line
    FROM judged
    WHERE conflicts
),

-- A copy that says who voided, where the first did not, is kept beside it: it may be honoured.
voids AS (
    SELECT DISTINCT void.target_id, void.statement_id, void.by_authority
    FROM outcomes
    WHERE void IS NOT NULL
),

-- Two that look the same are two: an answer of an LRS may have them in one line.
problems AS (
    SELECT
        problem.source,
        problem.line + parts.lines_before AS line,
        problem.statement_id, problem.path, problem.code, problem.what, problem.fix
    FROM outcomes
    JOIN parts ON parts.part = outcomes.part
    WHERE problem IS NOT NULL
)

SELECT count(*) AS duplicates
FROM judged
WHERE NOT conflicts AND (source <> first_source OR line <> first_line)

-- What reports and explanations say beside the rule's answer. These steps follow those of
-- certification.sql and read them; nothing here decides anything. Runs on DuckDB and Spark.
--
-- Gives   hotel ('' = the whole programme), measure, item, amount
--
-- People count where their standing is 6; see `learners` and `people` there.

insight_people AS (
    SELECT
        people.hotel, people.learner, people.standing,
        CASE WHEN people.standing = 6 THEN 1 ELSE 0 END AS is_done
    FROM people
),

-- One department for each person and hotel; who works in two is counted in the first by name.
insight_departments AS (
    SELECT
        insight_people.hotel, insight_people.learner, insight_people.is_done,
        min(roster.department) AS department
    FROM insight_people
    JOIN roster
      ON roster.hotel = insight_people.hotel AND roster.learner = insight_people.learner
    JOIN contracts ON contracts.contract = roster.contract AND contracts.in_base
    CROSS JOIN rule
    WHERE roster.joined <= rule.as_of AND rule.as_of < roster.left_on
    GROUP BY insight_people.hotel, insight_people.learner, insight_people.is_done
),

-- Of everybody who counts, the completions that do.
insight_completions AS (
    SELECT
        completions.learner, completions.statement_id, completions.timestamp,
        completions.course_version
    FROM completions
    JOIN learners
      ON learners.learner = completions.learner AND learners.standing = completions.standing
    WHERE learners.standing = 6
),

insight_newest AS (
    SELECT learner, statement_id, course_version
    FROM (
        SELECT
            learner, statement_id, course_version,
            row_number() OVER (PARTITION BY learner ORDER BY timestamp DESC, statement_id) AS place
        FROM insight_completions
    ) AS newest_first
    WHERE place = 1
),

-- From the first launch of an attempt to its completion, by the learner's own clock. Other courses
-- may be shorter.
insight_attempts AS (
    SELECT
        facts.learner,
        min(CASE WHEN facts.verb = 'initialized'
                 THEN coalesce(facts.sent_at, facts.timestamp) END) AS begun,
        min(CASE WHEN facts.verb IN ('completed', 'passed')
                 THEN coalesce(facts.sent_at, facts.timestamp) END) AS ended
    FROM facts
    JOIN accepted_courses ON accepted_courses.course = facts.course
    WHERE facts.registration IS NOT NULL
      AND facts.evidence IN ('lms_recorded', 'self_asserted')
    GROUP BY facts.learner, facts.registration
),

insight_done AS (
    SELECT insight_people.hotel, insight_people.learner,
        facts.timestamp, facts.stored, facts.evidence, facts.language,
        insight_newest.course_version
    FROM insight_people
    JOIN insight_newest ON insight_newest.learner = insight_people.learner
    JOIN facts ON facts.statement_id = insight_newest.statement_id
    WHERE insight_people.is_done = 1
),

insight_hours AS (
    SELECT hotel, date_trunc('hour', timestamp) AS hour, count(*) AS people
    FROM insight_done
    WHERE evidence IN ('lms_recorded', 'self_asserted')
    GROUP BY ALL
    HAVING count(*) >= 5
),

-- What one device kept while it had no connection reaches the LRS in one request.
insight_together AS (
    SELECT hotel, date_trunc('second', stored) AS moment, count(*) AS people
    FROM insight_done
    WHERE evidence = 'self_asserted' AND stored IS NOT NULL
    GROUP BY ALL
    HAVING count(*) >= 3
)

SELECT hotel, 'department_headcount' AS measure, department AS item, count(*) AS amount
FROM insight_departments GROUP BY ALL
UNION ALL SELECT hotel, 'department_completed', department, sum(is_done)
FROM insight_departments GROUP BY ALL
UNION ALL SELECT hotel, 'language', coalesce(lower(language), 'unknown'), count(*)
FROM insight_done GROUP BY ALL
UNION ALL SELECT hotel, 'version', coalesce(course_version, ''), count(*)
FROM insight_done GROUP BY ALL
UNION ALL SELECT hotel, 'day', CAST(CAST(timestamp AS DATE) AS VARCHAR(10)), count(*)
FROM insight_done GROUP BY ALL
UNION ALL SELECT hotel, 'nothing', '', count(*)
FROM insight_people WHERE standing = 0 GROUP BY ALL
UNION ALL SELECT hotel, 'hour', CAST(hour AS VARCHAR(19)), people FROM insight_hours
UNION ALL SELECT hotel, 'together', '', sum(people) FROM insight_together GROUP BY ALL
UNION ALL
SELECT insight_people.hotel, 'quick', '', count(DISTINCT insight_people.learner)
FROM insight_people
JOIN insight_attempts ON insight_attempts.learner = insight_people.learner
WHERE insight_people.is_done = 1
  AND insight_attempts.ended >= insight_attempts.begun
  AND insight_attempts.ended < insight_attempts.begun + INTERVAL 3 MINUTE
GROUP BY ALL
UNION ALL SELECT '', 'facts', chain, count(*) FROM facts GROUP BY ALL
UNION ALL SELECT '', 'voided', split_part(learner, '/', 1), count(*) FROM targets GROUP BY ALL
UNION ALL SELECT '', 'outside_window', split_part(learner, '/', 1), count(DISTINCT learner)
FROM people WHERE standing = 4 GROUP BY ALL
UNION ALL
SELECT '', 'unmatched', split_part(learner, '/', 1), count(*)
FROM learners
WHERE standing = 6
  AND learner NOT IN (SELECT learner FROM finishers)
  AND learner NOT IN (SELECT learner FROM unlisted)
  AND learner NOT IN (SELECT learner FROM guests)
GROUP BY ALL
UNION ALL
SELECT '', 'anonymous', completions.chain,
    count(DISTINCT (anonymous_attempts.hotel, anonymous_attempts.attempt))
FROM anonymous_attempts
JOIN completions
  ON coalesce(completions.hotel, '') = anonymous_attempts.hotel
 AND coalesce(completions.registration, CAST(completions.statement_id AS VARCHAR(36)))
     = anonymous_attempts.attempt
WHERE completions.is_anonymous = 1
GROUP BY ALL

-- The certification rule, once. Runs as it stands on DuckDB, PostgreSQL and Spark: no bind
-- parameters, no date arithmetic, no division, exact integers.
--
-- Reads   rule              one row, see rule/parameters.py
--         accepted_courses  course, tested
--         contracts         contract, in_base, beside
--         voiders           authority, chain ('' = every chain)
--         hotels            hotel, chain, headcount (NULL = none declared)
--         roster            hotel, learner, department, contract, joined, left_on (no NULLs)
--         issued_codes      hotel, learner: who was given a personal code
--         facts, voids      docs/contracts.md section 7
-- Gives   hotel ('' = the whole programme), measure, item, amount
--
-- A completion's standing: 5 counts, 4 outside the window, 3 too weak evidence, 2 voided,
-- 1 not passed. Of several completions the one with the highest standing speaks for the person.

WITH honoured AS (
    SELECT voids.statement_id, voids.target_id, voiders.chain
    FROM voids
    JOIN voiders ON voiders.authority = voids.by_authority
),

targets AS (
    SELECT DISTINCT facts.statement_id, facts.learner, facts.course, facts.registration, facts.verb
    FROM facts
    JOIN honoured
      ON honoured.target_id = facts.statement_id
     AND (honoured.chain = '' OR honoured.chain = facts.chain)
),

-- An attempt says twice that it was passed, in `completed` and in `passed`. Who takes one of them
-- back takes back the completion.
voided AS (
    SELECT statement_id FROM targets
    UNION
    SELECT facts.statement_id
    FROM targets
    JOIN facts
      ON facts.registration = targets.registration
     AND facts.learner = targets.learner
     AND facts.course = targets.course
    WHERE facts.verb IN ('completed', 'passed')
      AND targets.verb IN ('completed', 'passed')
    UNION
    -- A completion code says the same of the same day, without naming the attempt.
    SELECT codes.statement_id
    FROM targets
    JOIN facts AS taken ON taken.statement_id = targets.statement_id
    JOIN facts AS codes
      ON codes.learner = taken.learner
     AND codes.course = taken.course
     AND CAST(codes.timestamp AS DATE) = CAST(coalesce(taken.sent_at, taken.timestamp) AS DATE)
    WHERE codes.evidence = 'code'
      AND targets.verb IN ('completed', 'passed')
),

-- Only facts can be taken back: a voiding statement cannot be voided (xAPI 1.0.3 Data, section
-- 2.3.2). A void whose target was not read yet waits for it.
effective_voids AS (
    SELECT honoured.statement_id
    FROM honoured
    LEFT JOIN facts ON facts.statement_id = honoured.target_id
    WHERE (facts.statement_id IS NULL
           AND honoured.target_id NOT IN (SELECT statement_id FROM voids))
       OR (facts.statement_id IS NOT NULL
           AND (honoured.chain = '' OR honoured.chain = facts.chain))
),

evidence AS (
    SELECT
        facts.statement_id, facts.registration, facts.chain, facts.learner, facts.hotel,
        facts.course_version, facts.timestamp,
        CASE facts.evidence
            WHEN 'lms_recorded' THEN 3 WHEN 'self_asserted' THEN 2 WHEN 'code' THEN 1 ELSE 0
        END AS evidence_level,
        CASE WHEN facts.learner LIKE '%/anonymous' THEN 1 ELSE 0 END AS is_anonymous,
        CASE WHEN coalesce(facts.success, TRUE) AND (
                (facts.verb = 'passed')
                OR (coalesce(facts.success, FALSE) AND rule.counts <> 'completed')
                OR (coalesce(facts.completion, TRUE) AND (
                        rule.counts = 'completed'
                        OR (rule.counts <> 'passed' AND facts.evidence = 'attendance_list')
                        OR (rule.counts = 'passed_or_untested' AND NOT accepted_courses.tested))))
             THEN 1 ELSE 0
        END AS is_done
    FROM facts
    JOIN accepted_courses ON accepted_courses.course = facts.course
    CROSS JOIN rule
    WHERE facts.verb IN ('completed', 'passed')
),

completions AS (
    SELECT
        evidence.*,
        CASE
            WHEN evidence.is_done = 0 THEN 1
            WHEN voided.statement_id IS NOT NULL THEN 2
            WHEN evidence.evidence_level < rule.min_evidence_level
              OR (evidence.evidence_level = 0 AND NOT rule.attendance_lists) THEN 3
            WHEN evidence.timestamp < rule.window_from
              OR evidence.timestamp >= rule.window_until THEN 4
            ELSE 5
        END AS standing
    FROM evidence
    CROSS JOIN rule
    LEFT JOIN voided ON voided.statement_id = evidence.statement_id
),

-- The best completion of each learner, wherever it was made.
learners AS (
    SELECT
        learner,
        max(standing) AS standing,
        max(CASE WHEN standing = 5 THEN evidence_level ELSE 0 END) AS evidence_level
    FROM completions
    WHERE is_anonymous = 0
    GROUP BY learner
),

-- The best completion of each learner that names a hotel of the learner's own chain.
named AS (
    SELECT
        completions.hotel,
        completions.learner,
        max(completions.standing) AS standing,
        max(CASE WHEN standing = 5 THEN evidence_level ELSE 0 END) AS evidence_level
    FROM completions
    JOIN hotels ON hotels.hotel = completions.hotel AND hotels.chain = completions.chain
    WHERE completions.is_anonymous = 0
    GROUP BY completions.hotel, completions.learner
),

staff_rows AS (
    SELECT
        roster.hotel, roster.learner, roster.department, roster.contract,
        contracts.in_base, contracts.beside,
        CASE WHEN roster.joined <= rule.as_of AND rule.as_of < roster.left_on
             THEN 1 ELSE 0 END AS is_active,
        CASE WHEN roster.left_on <= rule.as_of THEN 1 ELSE 0 END AS has_left
    FROM roster
    JOIN contracts ON contracts.contract = roster.contract
    CROSS JOIN rule
),

-- One row per person and hotel; somebody hired twice is still one person.
staff AS (
    SELECT
        hotel,
        learner,
        max(is_active) AS is_active,
        max(has_left) AS has_left,
        max(CASE WHEN is_active = 1 AND in_base THEN 1 ELSE 0 END) AS in_base,
        max(CASE WHEN is_active = 1 AND in_base AND department = 'housekeeping'
                 THEN 1 ELSE 0 END) AS in_housekeeping
    FROM staff_rows
    GROUP BY hotel, learner
),

-- Where personal codes were issued, the chain's key lies open on a web site: of its hotels, only
-- learners of a roster or of the register of codes are believed to be anybody.
coded_chains AS (
    SELECT DISTINCT hotels.chain
    FROM issued_codes
    JOIN hotels ON hotels.hotel = issued_codes.hotel
),

holders AS (
    SELECT DISTINCT issued_codes.hotel, issued_codes.learner
    FROM issued_codes
    WHERE issued_codes.hotel NOT IN (SELECT hotel FROM staff)
),

-- The people whom the numerator may count: the roster says who works where, the register of codes
-- who was given one. A hotel without either goes by what the statements say, of learners whom no
-- roster puts elsewhere.
people AS (
    SELECT
        staff.hotel, staff.learner, staff.in_housekeeping,
        coalesce(learners.standing, 0) AS standing,
        coalesce(learners.evidence_level, 0) AS evidence_level
    FROM staff
    LEFT JOIN learners ON learners.learner = staff.learner
    WHERE staff.in_base = 1
    UNION ALL
    SELECT named.hotel, named.learner, 0, named.standing, named.evidence_level
    FROM named
    WHERE named.hotel NOT IN (SELECT hotel FROM staff)
      AND named.learner NOT IN (SELECT learner FROM staff WHERE is_active = 1)
      AND named.hotel NOT IN (
          SELECT hotels.hotel FROM hotels JOIN coded_chains ON coded_chains.chain = hotels.chain)
    UNION ALL
    SELECT holders.hotel, holders.learner, 0, learners.standing, learners.evidence_level
    FROM holders
    JOIN learners ON learners.learner = holders.learner
),

done AS (
    SELECT
        hotel,
        count(*) AS people,
        sum(CASE WHEN standing = 5 THEN 1 ELSE 0 END) AS done,
        sum(in_housekeeping) AS housekeeping,
        sum(CASE WHEN standing = 5 THEN in_housekeeping ELSE 0 END) AS housekeeping_done
    FROM people
    GROUP BY hotel
),

rostered AS (
    SELECT DISTINCT hotel FROM staff
),

bases AS (
    SELECT
        hotels.hotel,
        coalesce(done.done, 0) AS done,
        coalesce(done.housekeeping, 0) AS housekeeping,
        coalesce(done.housekeeping_done, 0) AS housekeeping_done,
        CASE
            WHEN rule.headcount_source <> 'declared' AND rostered.hotel IS NOT NULL THEN 'roster'
            WHEN rule.headcount_source <> 'roster' AND hotels.headcount IS NOT NULL THEN 'declared'
            ELSE 'none'
        END AS source,
        CASE
            WHEN rule.headcount_source <> 'declared' AND rostered.hotel IS NOT NULL
            THEN coalesce(done.people, 0)
            WHEN rule.headcount_source <> 'roster' AND hotels.headcount IS NOT NULL
            THEN hotels.headcount
            ELSE 0
        END AS base
    FROM hotels
    CROSS JOIN rule
    LEFT JOIN done ON done.hotel = hotels.hotel
    LEFT JOIN rostered ON rostered.hotel = hotels.hotel
),

decisions AS (
    SELECT
        bases.*,
        CASE
            WHEN base = 0 THEN 0
            WHEN base < rule.min_headcount AND done < base THEN 0
            WHEN rule.operator = 'gt' AND 100 * done > rule.threshold * base THEN 1
            WHEN rule.operator = 'ge' AND 100 * done >= rule.threshold * base THEN 1
            WHEN base < rule.min_headcount THEN 1
            ELSE 0
        END AS certified,
        CASE
            WHEN housekeeping > 0
             AND 100 * housekeeping_done < rule.housekeeping_floor * housekeeping
            THEN 1 ELSE 0
        END AS housekeeping_low
    FROM bases
    CROSS JOIN rule
),

-- People who have a completion that counts, but who are not in the base.
uncounted AS (
    SELECT
        staff.hotel,
        CASE WHEN is_active = 1 THEN 'contract' WHEN has_left = 1 THEN 'left' ELSE 'not_yet'
        END AS reason
    FROM staff
    JOIN learners ON learners.learner = staff.learner
    WHERE staff.in_base = 0 AND learners.standing = 5
    UNION ALL
    SELECT
        hotel,
        CASE standing WHEN 4 THEN 'outside_window' WHEN 3 THEN 'weak_evidence'
                      WHEN 2 THEN 'voided' ELSE 'not_passed' END
    FROM people
    WHERE standing BETWEEN 1 AND 4
    UNION ALL
    SELECT hotel, 'anonymous_base'
    FROM people
    WHERE learner LIKE '%/anonymous/%'
    UNION ALL
    SELECT named.hotel, 'elsewhere'
    FROM named
    WHERE named.standing = 5
      AND named.hotel NOT IN (SELECT hotel FROM staff)
      AND named.learner IN (SELECT learner FROM staff WHERE is_active = 1)
    UNION ALL
    SELECT named.hotel, 'unmatched'
    FROM named
    JOIN rostered ON rostered.hotel = named.hotel
    LEFT JOIN staff ON staff.hotel = named.hotel AND staff.learner = named.learner
    WHERE named.standing = 5 AND staff.learner IS NULL
    UNION ALL
    SELECT named.hotel, 'unmatched'
    FROM named
    JOIN hotels ON hotels.hotel = named.hotel
    JOIN coded_chains ON coded_chains.chain = hotels.chain
    WHERE named.standing = 5
      AND named.hotel NOT IN (SELECT hotel FROM staff)
      AND named.learner NOT IN (SELECT learner FROM staff WHERE is_active = 1)
      AND named.learner NOT IN (SELECT learner FROM holders)
),

-- An attempt is one registration; without one, each statement stands for itself.
anonymous_attempts AS (
    SELECT DISTINCT
        coalesce(hotel, '') AS hotel,
        coalesce(registration, CAST(statement_id AS VARCHAR(36))) AS attempt
    FROM completions
    WHERE is_anonymous = 1 AND standing = 5
),

beside AS (
    SELECT DISTINCT staff_rows.hotel, staff_rows.contract, staff_rows.learner,
        CASE WHEN learners.standing = 5 THEN 1 ELSE 0 END AS is_done
    FROM staff_rows
    LEFT JOIN learners ON learners.learner = staff_rows.learner
    WHERE staff_rows.is_active = 1 AND staff_rows.beside
)

SELECT hotel, 'certified' AS measure, source AS item, certified AS amount FROM decisions
UNION ALL SELECT hotel, 'completed', '', done FROM decisions
UNION ALL SELECT hotel, 'headcount', '', base FROM decisions
UNION ALL SELECT hotel, 'housekeeping', 'completed', housekeeping_done FROM decisions
UNION ALL SELECT hotel, 'housekeeping', 'headcount', housekeeping FROM decisions
UNION ALL SELECT hotel, 'flag', 'housekeeping_low', 1 FROM decisions WHERE housekeeping_low = 1
UNION ALL SELECT hotel, 'flag', 'headcount_stale', 1 FROM decisions WHERE base > 0 AND done > base
UNION ALL
SELECT hotel, 'evidence',
    CASE evidence_level WHEN 3 THEN 'lms_recorded' WHEN 2 THEN 'self_asserted' WHEN 1 THEN 'code'
                        ELSE 'attendance_list' END,
    count(*)
FROM people WHERE standing = 5 GROUP BY hotel, evidence_level
UNION ALL SELECT hotel, 'beside_completed', contract, sum(is_done) FROM beside
    GROUP BY hotel, contract
UNION ALL SELECT hotel, 'beside_headcount', contract, count(*) FROM beside GROUP BY hotel, contract
UNION ALL SELECT hotel, 'excluded', reason, count(*) FROM uncounted GROUP BY hotel, reason
UNION ALL SELECT hotel, 'excluded', 'anonymous', count(*) FROM anonymous_attempts
    WHERE hotel <> '' GROUP BY hotel
UNION ALL
SELECT DISTINCT people.hotel, 'version', completions.course_version, 1
FROM people
JOIN completions ON completions.learner = people.learner
LEFT JOIN staff ON staff.hotel = people.hotel AND staff.learner = people.learner
WHERE completions.standing = 5 AND (staff.learner IS NOT NULL OR completions.hotel = people.hotel)
UNION ALL SELECT '', 'data', 'facts', count(*) FROM facts
UNION ALL SELECT '', 'data', 'voided', count(*) FROM targets
UNION ALL SELECT '', 'data', 'voids_refused', count(DISTINCT statement_id) FROM voids
    WHERE statement_id NOT IN (SELECT statement_id FROM effective_voids)
UNION ALL SELECT '', 'data', 'anonymous', count(*) FROM anonymous_attempts
UNION ALL SELECT '', 'data', 'outside_window', count(DISTINCT learner) FROM people
    WHERE standing = 4
UNION ALL
SELECT '', 'data', 'unmatched', count(*)
FROM learners
WHERE standing = 5
  AND learner NOT IN (SELECT learner FROM staff)
  AND learner NOT IN (SELECT learner FROM people)

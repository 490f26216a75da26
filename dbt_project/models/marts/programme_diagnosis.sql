with recent_weeks as (
    select * from {{ ref('int_recent_weeks') }}
),

weekly as (
    select * from {{ ref('int_rep_criterion_weeks') }}
),

coverage as (
    select * from {{ ref('nightly_coverage') }}
),

changes as (
    select * from {{ ref('int_programme_changes') }}
),

calibrations as (
    select * from {{ ref('calibrations') }}
),

correlations as (
    select * from {{ ref('outcome_correlations') }}
    where scope = 'overall' and outcome = 'csat'
),

priorities as (
    select * from {{ ref('coaching_priorities') }}
),

attempts as (
    select * from {{ ref('practice_trajectories') }}
),

tracked as (
    select
        count(distinct weekly.week_start_on) as week_count,
        list_sort(
            list(distinct weekly.rubric_id || ':' || weekly.criterion_id)
            filter (where weekly.criterion_id in ('empathy', 'interruptions'))
        ) as criterion_ids
    from recent_weeks
    inner join weekly on recent_weeks.week_start_on = weekly.week_start_on
),

no_tracking as (
    select
        'no_tracking' as rule_id,
        'Soft skills have been tracked for fewer than four weeks' as condition,
        coalesce(week_count, 0) < 4 as is_triggered,
        printf(
            '%d of the last %d weeks have scored calls.', coalesce(week_count, 0), {{ var('lookback_weeks') }}
        ) as evidence,
        'Start with empathy and interruptions: they are frequent, and easy to see in a quote.' as recommendation,
        criterion_ids
    from tracked
),

-- Landis & Koch (1977) call agreement from 0.61 on substantial.
agreement as (
    select
        count(*) filter (where human_weighted_kappa is not null) as measured_count,
        count(*) filter (where human_weighted_kappa < 0.61) as weak_count,
        min(human_weighted_kappa) as weakest,
        arg_min(criterion_name, row(human_weighted_kappa, criterion_name)) as weakest_name,
        list(rubric_id || ':' || criterion_id order by human_weighted_kappa, rubric_id || ':' || criterion_id)
        filter (where human_weighted_kappa < 0.61) as criterion_ids
    from calibrations
),

reviewers_disagree as (
    select
        'reviewers_disagree' as rule_id,
        'Reviewers do not agree with each other on a criterion (weighted kappa under 0.61)' as condition,
        case when measured_count > 0 then weak_count > 0 end as is_triggered,
        case
            when measured_count = 0 then 'No criterion has calls that two people reviewed and a calibration since.'
            else printf(
                '%d of %d criteria under 0.61; the weakest is %s with %.2f.', weak_count, measured_count, weakest_name,
                weakest
            )
        end as evidence,
        'Rewrite the anchors of these criteria with sharper examples, then have the same calls reviewed again.'
            as recommendation,
        criterion_ids
    from agreement
),

covered as (
    select
        sum(coverage.scored_count) / sum(coverage.landed_count) as coverage_share,
        sum(coverage.landed_count) as landed_count
    from coverage
    inner join recent_weeks
        on
            recent_weeks.weeks_back < 4
            and coverage.batch_date >= recent_weeks.week_start_on
            and coverage.batch_date < recent_weeks.week_start_on + 7
),

skill as (
    select
        count(*) as rubric_count,
        count(*) filter (where change_low > 0) as improved_count,
        sum(change * n_recent) / sum(n_recent) as mean_change,
        min(change_low) as lowest,
        max(change_high) as highest
    from changes
    where measure = 'overall_score'
),

practice as (
    select count(*) as attempt_count
    from attempts
    inner join recent_weeks
        on
            recent_weeks.weeks_back = 3
            and cast(attempts.started_at as date) >= recent_weeks.week_start_on
),

shown as (
    select
        count(*) as priority_count,
        count(moments_to_discuss) as evidenced_count
    from priorities
),

support as (
    select
        shown.priority_count,
        shown.evidenced_count,
        practice.attempt_count
    from shown
    cross join practice
),

coverage_without_change as (
    select
        'coverage_without_change' as rule_id,
        'Nearly every call is scored (95 % or more), yet no line of business improved in four weeks' as condition,
        case
            when skill.rubric_count > 0 and covered.landed_count > 0
                then covered.coverage_share >= 0.95 and skill.improved_count = 0
        end as is_triggered,
        case
            when skill.rubric_count = 0 or covered.landed_count is null
                then 'Too few calls in the last eight weeks to compare four weeks with the four before.'
            else printf(
                'Coverage %.0f %%; overall score %+.1f points against the four weeks before, %d of %d lines of business'
                || ' up beyond chance. %d of %d priorities show their moments; %d practice attempts in four weeks.',
                100 * covered.coverage_share, skill.mean_change, skill.improved_count, skill.rubric_count,
                support.evidenced_count, support.priority_count, support.attempt_count
            )
        end as evidence,
        case
            when support.attempt_count = 0
                then 'Give reps practice: scores alone change nothing. Tie each talk to a moment of a call.'
            when support.evidenced_count < support.priority_count
                then 'Tie feedback to moments: some priorities have none to show.'
            else 'Ask coaches whether the moments are talked about, and reps whether practice fits their calls.'
        end as recommendation,
        cast(null as varchar[]) as criterion_ids
    from skill
    cross join covered
    cross join support
),

risen as (
    select
        criterion.rubric_id,
        criterion.measure as criterion_id,
        criterion.change_low > 0 as is_risen,
        csat.change_low > 0 as is_csat_risen,
        coalesce(correlations.adjusted_q < 0.05 and correlations.adjusted_effect > 0, false) as is_associated
    from changes as criterion
    inner join changes as csat
        on criterion.rubric_id = csat.rubric_id and csat.measure = 'csat'
    left join correlations
        on criterion.rubric_id = correlations.rubric_id and criterion.measure = correlations.criterion_id
    where criterion.measure not in ('csat', 'overall_score')
),

phrasing as (
    select
        count(*) as measured_count,
        count(*) filter (where is_risen) as risen_count,
        count(*) filter (where is_risen and not is_csat_risen and not is_associated) as suspect_count,
        list(rubric_id || ':' || criterion_id order by rubric_id || ':' || criterion_id)
        filter (where is_risen and not is_csat_risen and not is_associated) as criterion_ids
    from risen
),

scores_without_csat as (
    select
        'scores_without_csat' as rule_id,
        'A criterion''s scores rose in four weeks while CSAT did not, and the two are not associated' as condition,
        case when measured_count > 0 then suspect_count > 0 end as is_triggered,
        case
            when measured_count = 0
                then 'Too few calls with CSAT in the last eight weeks to compare four weeks with the four before.'
            else printf(
                '%d of %d criteria rose beyond chance; %d of them without CSAT and without an association with it.',
                risen_count, measured_count, suspect_count
            )
        end as evidence,
        'These criteria may measure phrasing, not behaviour: read their good moments, add hard negatives to anchors.'
            as recommendation,
        criterion_ids
    from phrasing
),

rules as (
    select * from no_tracking
    union all
    select * from reviewers_disagree
    union all
    select * from coverage_without_change
    union all
    select * from scores_without_csat
),

final as (
    select
        rule_id,
        condition,
        is_triggered,
        evidence,
        recommendation,
        coalesce(criterion_ids, []) as criterion_ids
    from rules
)

select * from final

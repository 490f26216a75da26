-- Built anew each night: the priority of every period, and the moments chosen for it, weigh what is known today.
with recent_weeks as (
    select * from {{ ref('int_recent_weeks') }}
),

oldest as (
    select min(week_start_on) as week_start_on from recent_weeks
),

-- A fortnight more than is kept: the oldest period, too, is compared with the one before.
calls as (
    select *
    from {{ ref('calls') }}
    where
        source = 'live' and status = 'scored'
        and week_start_on >= (select oldest.week_start_on - 14 from oldest)
),

evidence as (
    select live.*
    from {{ ref('call_evidence') }} as live
    inner join recent_weeks on live.week_start_on = recent_weeks.week_start_on
    where live.source = 'live'
),

priority_weeks as (
    select * from {{ ref('int_priority_weeks') }}
),

reps as (
    select * from {{ ref('reps') }}
),

assignments as (
    select * from {{ ref('practice_assignments') }}
),

quantiles as (
    select * from {{ ref('t_quantiles') }}
),

weeks as (
    select distinct week_start_on from calls
),

periods as (
    select
        'weekly' as cadence,
        week_start_on,
        week_start_on as period_start_on,
        cast(week_start_on + 6 as date) as period_end_on
    from weeks
    union all
    select
        'biweekly' as cadence,
        week_start_on,
        {{ fortnight_start('week_start_on') }} as period_start_on,
        cast({{ fortnight_start('week_start_on') }} + 13 as date) as period_end_on
    from weeks
),

summed as (
    select
        calls.rep_id,
        periods.cadence,
        periods.period_start_on,
        periods.period_end_on,
        arg_max(calls.team_id, row(calls.started_at, calls.call_id)) as team_id,
        count(*) as call_count,
        count(calls.overall_score) as scored_count,
        avg(calls.overall_score) as mean_overall_score,
        stddev_samp(calls.overall_score) as sd_overall_score
    from calls
    inner join periods on calls.week_start_on = periods.week_start_on
    group by all
),

compared as (
    select
        *,
        mean_overall_score - lag(mean_overall_score) over steps as difference,
        lag(period_end_on) over steps + 1 = period_start_on as follows_previous
    from summed
    window steps as (partition by rep_id, cadence order by period_start_on)
),

priorities as (
    select
        priority_weeks.rep_id,
        periods.cadence,
        periods.period_start_on,
        priority_weeks.criterion_id,
        priority_weeks.criterion_name,
        priority_weeks.mean_score,
        priority_weeks.target_score,
        priority_weeks.call_count,
        case when priority_weeks.is_deteriorating then 'deteriorating' else 'below_target' end as reason_code
    from priority_weeks
    inner join periods on priority_weeks.week_start_on = periods.week_start_on
    where priority_weeks.gap_to_target > 0
    qualify row_number() over (
        partition by priority_weeks.rep_id, periods.cadence, periods.period_start_on
        order by
            priority_weeks.week_start_on desc, priority_weeks.priority desc, priority_weeks.criterion_id asc,
            priority_weeks.rubric_id asc, priority_weeks.team_id asc
    ) = 1
),

-- Ranked on few columns: the words are fetched for the chosen moments only. What a rep said once is discussed once,
-- under the priority where it counts for it, however many criteria it is evidence for.
said_once as (
    select
        evidence.evidence_id,
        evidence.call_id,
        evidence.rep_id,
        evidence.level,
        evidence.confidence,
        calls.has_recording,
        periods.cadence,
        periods.period_start_on,
        coalesce(evidence.criterion_id = priorities.criterion_id, false) as is_about_priority
    from evidence
    inner join periods on evidence.week_start_on = periods.week_start_on
    left join calls on evidence.call_id = calls.call_id
    left join priorities
        on
            evidence.rep_id = priorities.rep_id
            and periods.cadence = priorities.cadence
            and periods.period_start_on = priorities.period_start_on
    where evidence.level in ('poor', 'good')
    qualify row_number() over (
        partition by periods.cadence, evidence.call_id, evidence.turn_index, evidence.level
        order by
            coalesce(evidence.criterion_id = priorities.criterion_id, false) desc,
            evidence.confidence desc, evidence.evidence_id asc
    ) = 1
),

placed as (
    select
        *,
        row_number() over (
            partition by rep_id, cadence, period_start_on, level, call_id
            order by is_about_priority desc, confidence desc, evidence_id asc
        ) as rank_in_call
    from said_once
),

chosen as (
    select
        *,
        row_number() over (
            partition by rep_id, cadence, period_start_on, level
            order by
                (level = 'poor' and is_about_priority) desc, case when level = 'poor' then rank_in_call end asc,
                {{ surest_heard_first('placed') }}
        ) as moment_rank
    from placed
    qualify moment_rank <= 3
),

moments as (
    select
        chosen.rep_id,
        chosen.cadence,
        chosen.period_start_on,
        list({{ moment('evidence') }} order by chosen.moment_rank asc)
        filter (where chosen.level = 'poor') as moments,
        list({{ moment('evidence') }} order by chosen.moment_rank asc)
        filter (where chosen.level = 'good')[1] as strength
    from chosen
    inner join evidence on chosen.evidence_id = evidence.evidence_id
    group by all
),

open_assignments as (
    select
        compared.rep_id,
        compared.cadence,
        compared.period_start_on,
        count(*) as open_assignment_count
    from compared
    inner join assignments
        on
            compared.rep_id = assignments.rep_id
            and cast(assignments.assigned_at as date) <= compared.period_end_on
            and (assignments.passed_at is null or cast(assignments.passed_at as date) > compared.period_end_on)
    group by all
),

final as (
    select
        compared.rep_id,
        compared.cadence,
        compared.period_start_on,
        compared.period_end_on,
        reps.rep_name,
        compared.team_id,
        compared.call_count,
        compared.mean_overall_score,
        compared.mean_overall_score
        - {{ t_margin('quantiles.quantile', 'compared.sd_overall_score', 'compared.scored_count') }}
            as mean_overall_score_low,
        compared.mean_overall_score
        + {{ t_margin('quantiles.quantile', 'compared.sd_overall_score', 'compared.scored_count') }}
            as mean_overall_score_high,
        case when compared.follows_previous then compared.difference end as change_from_previous,
        coalesce(moments.moments, []) as moments,
        moments.strength,
        priorities.criterion_id as priority_criterion_id,
        priorities.criterion_name as priority_criterion_name,
        priorities.mean_score as priority_mean_score,
        priorities.target_score as priority_target_score,
        priorities.call_count as priority_call_count,
        priorities.reason_code as priority_reason_code,
        coalesce(open_assignments.open_assignment_count, 0) as open_assignment_count
    from compared
    left join reps on compared.rep_id = reps.rep_id
    left join quantiles on compared.scored_count - 1 = quantiles.degrees_of_freedom
    left join priorities
        on
            compared.rep_id = priorities.rep_id
            and compared.cadence = priorities.cadence
            and compared.period_start_on = priorities.period_start_on
    left join moments
        on
            compared.rep_id = moments.rep_id
            and compared.cadence = moments.cadence
            and compared.period_start_on = moments.period_start_on
    left join open_assignments
        on
            compared.rep_id = open_assignments.rep_id
            and compared.cadence = open_assignments.cadence
            and compared.period_start_on = open_assignments.period_start_on
    where compared.period_start_on >= (select oldest.week_start_on from oldest)
)

select * from final

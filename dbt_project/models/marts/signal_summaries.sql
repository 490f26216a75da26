with calls as (
    select * from {{ ref('calls') }}
    where source = 'live' and status = 'scored'
),

recent_weeks as (
    select * from {{ ref('int_recent_weeks') }}
    where weeks_back < 4
),

criteria as (
    select * from {{ ref('stg_lake__rubric_criteria') }}
    where is_in_force and told_signal is not null
),

quantiles as (
    select * from {{ ref('t_quantiles') }}
),

recent as (
    select calls.*
    from recent_weeks
    inner join calls on recent_weeks.week_start_on = calls.week_start_on
),

summed as (
    select
        case when grouping(rep_id) = 0 then 'rep' when grouping(team_id) = 0 then 'team' else 'centre' end as scope,
        coalesce(rep_id, team_id, 'all') as scope_id,
        count(*) as call_count,
        sum(empathy_opportunity_count) as empathy_n,
        sum(empathy_shown_count) as empathy_hits,
        sum(case when is_timed then customer_statement_count end) as statement_n,
        sum(case when is_timed then interruption_count end) as statement_hits,
        sum(open_question_count + closed_question_count) as question_n,
        sum(open_question_count) as question_hits,
        count(customer_calmed) as calmed_n,
        sum(customer_calmed) as calmed_hits,
        avg(hedge_count) as hedges_mean,
        stddev_samp(hedge_count) as hedges_sd,
        count(hedge_count) as hedges_n,
        avg(regulation_slope) as regulation_mean,
        stddev_samp(regulation_slope) as regulation_sd,
        count(regulation_slope) as regulation_n,
        avg(rep_talk_share) as talk_mean,
        stddev_samp(rep_talk_share) as talk_sd,
        count(rep_talk_share) as talk_n
    from recent
    group by grouping sets ((rep_id), (team_id), ())
    having count(*) > 0
),

shares as (
    select
        scope,
        scope_id,
        call_count,
        unnest([
            { 'signal': 'empathy_share', 'n': empathy_n, 'hits': empathy_hits },
            { 'signal': 'interrupted_share', 'n': statement_n, 'hits': statement_hits },
            { 'signal': 'open_question_share', 'n': question_n, 'hits': question_hits },
            { 'signal': 'customer_calmed_share', 'n': calmed_n, 'hits': calmed_hits }
        ]) as share
    from summed
),

means as (
    select
        scope,
        scope_id,
        call_count,
        unnest([
            { 'signal': 'hedges_per_call', 'n': hedges_n, 'mean': hedges_mean, 'sd': hedges_sd },
            { 'signal': 'regulation_slope', 'n': regulation_n, 'mean': regulation_mean, 'sd': regulation_sd },
            { 'signal': 'rep_talk_share', 'n': talk_n, 'mean': talk_mean, 'sd': talk_sd }
        ]) as mean
    from summed
),

measured as (
    select
        scope,
        scope_id,
        call_count,
        share.signal,
        coalesce(share.n, 0) as n,
        share.hits / nullif(share.n, 0) as value,
        {{ wilson_low('share.hits', 'share.n') }} as value_low,
        {{ wilson_high('share.hits', 'share.n') }} as value_high
    from shares
    union all
    select
        means.scope,
        means.scope_id,
        means.call_count,
        means.mean.signal,
        means.mean.n,
        means.mean.mean as value,
        means.mean.mean
        - {{ t_margin('quantiles.quantile', 'means.mean.sd', 'means.mean.n') }} as value_low,
        means.mean.mean
        + {{ t_margin('quantiles.quantile', 'means.mean.sd', 'means.mean.n') }} as value_high
    from means
    left join quantiles on means.mean.n - 1 = quantiles.degrees_of_freedom
),

-- Where lines of business aim at different figures, what they have together has no target.
targets as (
    select
        case
            when grouping(recent.rep_id) = 0 then 'rep' when grouping(recent.team_id) = 0 then 'team' else 'centre'
        end as scope,
        coalesce(recent.rep_id, recent.team_id, 'all') as scope_id,
        criteria.told_signal as signal,
        min(criteria.target_value) as target
    from recent
    inner join criteria on recent.rubric_id = criteria.rubric_id
    group by
        grouping sets (
            (recent.rep_id, criteria.told_signal), (recent.team_id, criteria.told_signal), (criteria.told_signal)
        )
    having min(criteria.target_value) = max(criteria.target_value)
),

aimed as (
    select
        measured.*,
        targets.target
    from measured
    left join targets
        on
            measured.scope = targets.scope
            and measured.scope_id = targets.scope_id
            and measured.signal = targets.signal
),

final as (
    select
        scope,
        scope_id,
        signal,
        call_count,
        cast(n as bigint) as n,
        value,
        value_low,
        value_high,
        target,
        value <= target as is_on_target
    from aimed
    where n > 0
)

select * from final

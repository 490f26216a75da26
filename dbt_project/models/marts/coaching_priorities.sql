with weekly as (
    select * from {{ ref('rep_weekly_scores') }}
),

weeks as (
    select * from {{ ref('int_rep_criterion_weeks') }}
),

criteria as (
    select * from {{ ref('stg_lake__rubric_criteria') }}
    where is_in_force
),

evidence as (
    select * from {{ ref('call_evidence') }}
    where source = 'live'
),

latest as (
    select max(week_start_on) as week_start_on from weekly
),

recent as (
    select
        weeks.rep_id,
        weeks.rubric_id,
        weeks.criterion_id,
        arg_max(weeks.team_id, weeks.week_start_on) as team_id,
        sum(weeks.call_count) as call_count,
        sum(weeks.opportunity_count) as opportunity_count,
        sum(weeks.call_count * weeks.mean_score) / sum(weeks.call_count) as mean_score,
        sqrt(
            sum((weeks.call_count - 1) * coalesce(weeks.sd_score, 0) ^ 2) / nullif(sum(weeks.call_count - 1), 0)
        ) as sd_score
    from weeks
    cross join latest
    where weeks.week_start_on > latest.week_start_on - 28
    group by all
),

trend as (
    select
        weekly.rep_id,
        weekly.rubric_id,
        weekly.criterion_id,
        arg_max(weekly.change_4_weeks, weekly.week_start_on) as change_4_weeks,
        arg_max(weekly.is_deteriorating, weekly.week_start_on) as is_deteriorating
    from weekly
    cross join latest
    where weekly.week_start_on > latest.week_start_on - 28
    group by all
),

gaps as (
    select
        recent.*,
        criteria.criterion_name,
        criteria.weight,
        criteria.target_score,
        trend.change_4_weeks,
        coalesce(trend.is_deteriorating, false) as is_deteriorating,
        criteria.target_score - recent.mean_score as gap_to_target,
        recent.sd_score / sqrt(recent.call_count) as standard_error
    from recent
    inner join criteria on recent.rubric_id = criteria.rubric_id and recent.criterion_id = criteria.criterion_id
    left join trend
        on
            recent.rep_id = trend.rep_id
            and recent.rubric_id = trend.rubric_id
            and recent.criterion_id = trend.criterion_id
),

weighed as (
    select
        *,
        -- How sure it is that the rep is below target at all: a logistic curve that follows the normal one within .01.
        case
            when standard_error > 0 then 1 / (1 + exp(-1.702 * gap_to_target / standard_error))
            else 0.5
        end as certainty,
        -- A falling skill comes first: half as much again for ten points lost in four weeks, at most double.
        least(2.0, greatest(0.5, 1 - coalesce(change_4_weeks, 0) / 20)) as trend_factor
    from gaps
    where gap_to_target > 0 and call_count >= 2
),

ranked as (
    select
        *,
        gap_to_target * weight * certainty * trend_factor as priority,
        row_number() over (
            partition by rep_id
            order by gap_to_target * weight * certainty * trend_factor desc, criterion_id asc
        ) as priority_rank
    from weighed
),

moments as (
    select
        evidence.rep_id,
        evidence.rubric_id,
        evidence.criterion_id,
        list({
            'evidence_id': evidence.evidence_id, 'call_id': evidence.call_id, 'start_s': evidence.start_s,
            'quote': evidence.quote, 'cue_quote': evidence.cue_quote, 'why': evidence.why
        } order by evidence.confidence desc, evidence.evidence_id asc) filter (where evidence.level = 'poor')[1:3]
            as moments_to_discuss,
        list({
            'evidence_id': evidence.evidence_id, 'call_id': evidence.call_id, 'start_s': evidence.start_s,
            'quote': evidence.quote, 'cue_quote': evidence.cue_quote, 'why': evidence.why
        } order by evidence.confidence desc, evidence.evidence_id asc) filter (where evidence.level = 'good')[1]
            as moment_to_keep
    from evidence
    cross join latest
    where evidence.week_start_on > latest.week_start_on - 28
    group by all
),

final as (
    select
        ranked.rep_id,
        ranked.team_id,
        ranked.rubric_id,
        ranked.criterion_id,
        ranked.criterion_name,
        ranked.priority_rank,
        ranked.priority,
        ranked.mean_score,
        ranked.target_score,
        ranked.gap_to_target,
        cast(ranked.call_count as bigint) as call_count,
        cast(ranked.opportunity_count as bigint) as opportunity_count,
        ranked.certainty,
        ranked.change_4_weeks,
        ranked.is_deteriorating,
        printf(
            '%s: %.0f against a target of %.0f over %d calls in four weeks%s.',
            ranked.criterion_name, ranked.mean_score, ranked.target_score, cast(ranked.call_count as bigint),
            case
                when ranked.is_deteriorating then ', and falling below the usual range'
                when ranked.change_4_weeks <= -5 then printf(', %.0f points down', -ranked.change_4_weeks)
                when ranked.change_4_weeks >= 5 then printf(', %.0f points up', ranked.change_4_weeks)
                else ''
            end
        ) as reason,
        moments.moments_to_discuss,
        moments.moment_to_keep
    from ranked
    left join moments
        on
            ranked.rep_id = moments.rep_id
            and ranked.rubric_id = moments.rubric_id
            and ranked.criterion_id = moments.criterion_id
)

select * from final

with calibrations as (
    select * from {{ ref('stg_lake__calibrations') }}
),

criteria as (
    select * from {{ ref('stg_lake__rubric_criteria') }}
    where is_in_force
),

latest as (
    select *
    from calibrations
    qualify row_number() over (
        partition by rubric_id, criterion_id order by calibrated_at desc, calibration_id desc
    ) = 1
),

final as (
    select
        latest.calibration_id,
        latest.calibrated_at,
        latest.rubric_id,
        latest.criterion_id,
        coalesce(criteria.criterion_name, latest.criterion_id) as criterion_name,
        latest.n_reviews,
        latest.n_disputes,
        latest.n_calls,
        latest.n_double_reviewed,
        latest.weighted_kappa,
        latest.weighted_kappa_low,
        latest.weighted_kappa_high,
        latest.exact_agreement,
        latest.exact_agreement_low,
        latest.exact_agreement_high,
        latest.within_one_agreement,
        latest.within_one_agreement_low,
        latest.within_one_agreement_high,
        latest.bias,
        latest.bias_low,
        latest.bias_high,
        latest.human_weighted_kappa,
        latest.human_weighted_kappa_low,
        latest.human_weighted_kappa_high,
        latest.is_at_ceiling,
        latest.labels_worth_collecting,
        latest.average_from,
        latest.good_from,
        latest.unseen_weighted_kappa_before,
        latest.unseen_weighted_kappa_after,
        latest.unseen_gain_low,
        latest.unseen_gain_high,
        latest.n_rank_labels,
        latest.unseen_rank_correlation_before,
        latest.unseen_rank_correlation_after,
        latest.unseen_rank_gain_low,
        latest.unseen_rank_gain_high,
        latest.still_disagree_share,
        latest.still_far_share,
        latest.is_ranking_kept,
        latest.is_mapping_kept,
        latest.is_applied,
        latest.says
    from latest
    left join criteria
        on latest.rubric_id = criteria.rubric_id and latest.criterion_id = criteria.criterion_id
)

select * from final

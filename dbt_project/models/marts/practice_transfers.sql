with transfers as (
    select * from {{ ref('int_practice_transfers') }}
),

criteria as (
    select * from {{ ref('stg_lake__rubric_criteria') }}
    where is_in_force
),

final as (
    select
        transfers.rubric_id,
        transfers.criterion_id,
        coalesce(criteria.criterion_name, transfers.criterion_id) as criterion_name,
        transfers.n_practised,
        transfers.n_not_practised,
        transfers.change_practised,
        transfers.change_not_practised,
        transfers.difference,
        transfers.difference_low,
        transfers.difference_high,
        transfers.p,
        case
            when transfers.difference_low is null
                then printf(
                    'Cannot be told yet: %d reps practised and %d did not with enough calls around it.',
                    transfers.n_practised, transfers.n_not_practised
                )
            else
                printf(
                    '%s: live scores of %d reps who practised moved by %+.1f points, those of %d who did not by %+.1f;'
                    || ' difference %+.1f (%+.1f to %+.1f)%s.',
                    coalesce(criteria.criterion_name, transfers.criterion_id), transfers.n_practised,
                    transfers.change_practised, transfers.n_not_practised, transfers.change_not_practised,
                    transfers.difference, transfers.difference_low, transfers.difference_high,
                    case
                        when transfers.difference_low > 0 then ''
                        when transfers.difference_high < 0 then ', against practice'
                        else ', which may be chance'
                    end
                )
        end as says
    from transfers
    left join criteria
        on transfers.rubric_id = criteria.rubric_id and transfers.criterion_id = criteria.criterion_id
)

select * from final

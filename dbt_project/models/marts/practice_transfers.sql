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
            when transfers.difference_low is null then 'too_few'
            when transfers.difference_low > 0 then 'for_practice'
            when transfers.difference_high < 0 then 'against_practice'
            else 'may_be_chance'
        end as reason_code
    from transfers
    left join criteria
        on transfers.rubric_id = criteria.rubric_id and transfers.criterion_id = criteria.criterion_id
)

select * from final

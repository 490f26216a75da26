{# Half the width of a 95 % t-interval of a mean; NULL below two observations. Joins seed t_quantiles as `quantile`. #}
{% macro t_margin(quantile, sd, n) -%}
    case when {{ n }} >= 2 then {{ quantile }} * {{ sd }} / sqrt({{ n }}) end
{%- endmacro %}

{# Wilson 95 % interval of a share (Wilson 1927): good for small n and shares near 0 or 1. NULL without trials. #}
{% macro wilson_low(hits, n) -%}
    case when {{ n }} > 0 then
        greatest(0.0, ({{ hits }} / {{ n }} + 1.9207 / {{ n }} - 1.96 * sqrt(
            ({{ hits }} / {{ n }}) * (1 - {{ hits }} / {{ n }}) / {{ n }} + 0.9604 / ({{ n }} * {{ n }}))
        ) / (1 + 3.8416 / {{ n }}))
    end
{%- endmacro %}

{% macro wilson_high(hits, n) -%}
    case when {{ n }} > 0 then
        least(1.0, ({{ hits }} / {{ n }} + 1.9207 / {{ n }} + 1.96 * sqrt(
            ({{ hits }} / {{ n }}) * (1 - {{ hits }} / {{ n }}) / {{ n }} + 0.9604 / ({{ n }} * {{ n }}))
        ) / (1 + 3.8416 / {{ n }}))
    end
{%- endmacro %}

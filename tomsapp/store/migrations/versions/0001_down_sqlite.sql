DROP TABLE commitment_year

DROP TABLE frozen_valuation

DROP TABLE contract_spend

DROP TABLE commitment

DROP TABLE answer

DROP TABLE council

DROP TABLE contract

DROP TABLE supplier

DROP TABLE policy_rule

DROP TABLE policy

DROP TABLE logo

DROP TABLE living_wage

DROP TABLE history

DROP TABLE edition

DROP TABLE area

DROP TABLE change

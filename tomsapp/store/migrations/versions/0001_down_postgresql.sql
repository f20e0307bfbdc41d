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

DROP FUNCTION tomsapp_living_wage_history() CASCADE

DROP FUNCTION tomsapp_policy_history() CASCADE

DROP FUNCTION tomsapp_policy_rule_history() CASCADE

DROP FUNCTION tomsapp_supplier_history() CASCADE

DROP FUNCTION tomsapp_contract_history() CASCADE

DROP FUNCTION tomsapp_council_history() CASCADE

DROP FUNCTION tomsapp_answer_history() CASCADE

DROP FUNCTION tomsapp_commitment_history() CASCADE

DROP FUNCTION tomsapp_contract_spend_history() CASCADE

DROP FUNCTION tomsapp_commitment_year_history() CASCADE

DROP FUNCTION tomsapp_area_history() CASCADE

DROP FUNCTION tomsapp_edition_history() CASCADE

DROP FUNCTION tomsapp_logo_history() CASCADE

DROP FUNCTION tomsapp_frozen_valuation_history() CASCADE

DROP FUNCTION tomsapp_refuse()

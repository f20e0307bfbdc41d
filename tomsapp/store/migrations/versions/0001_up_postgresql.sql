CREATE TABLE change (
	id SERIAL NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	who TEXT NOT NULL, 
	what TEXT NOT NULL, 
	CONSTRAINT pk_change PRIMARY KEY (id)
)

CREATE TABLE area (
	id SERIAL NOT NULL, 
	change_id INTEGER NOT NULL, 
	content BYTEA NOT NULL, 
	content_sha256 TEXT NOT NULL, 
	code TEXT NOT NULL, 
	CONSTRAINT pk_area PRIMARY KEY (id), 
	CONSTRAINT fk_area_change_id FOREIGN KEY(change_id) REFERENCES change (id)
)

CREATE INDEX ix_area_code ON area (code)

CREATE TABLE edition (
	id SERIAL NOT NULL, 
	change_id INTEGER NOT NULL, 
	content BYTEA NOT NULL, 
	content_sha256 TEXT NOT NULL, 
	code TEXT NOT NULL, 
	edition TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	title TEXT NOT NULL, 
	CONSTRAINT pk_edition PRIMARY KEY (id), 
	CONSTRAINT fk_edition_change_id FOREIGN KEY(change_id) REFERENCES change (id), 
	CONSTRAINT uq_edition_code_edition UNIQUE (code, edition)
)

CREATE TABLE history (
	id SERIAL NOT NULL, 
	change_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	record_id INTEGER NOT NULL, 
	contract_id INTEGER, 
	action TEXT NOT NULL, 
	before TEXT NOT NULL, 
	after TEXT NOT NULL, 
	CONSTRAINT pk_history PRIMARY KEY (id), 
	CONSTRAINT fk_history_change_id FOREIGN KEY(change_id) REFERENCES change (id)
)

CREATE INDEX ix_history_change_id ON history (change_id)

CREATE INDEX ix_history_contract_id ON history (contract_id)

CREATE INDEX ix_history_kind_record_id ON history (kind, record_id)

CREATE TABLE living_wage (
	id SERIAL NOT NULL, 
	version INTEGER NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	change_id INTEGER NOT NULL, 
	source_title TEXT, 
	source_publisher TEXT NOT NULL, 
	source_year TEXT NOT NULL, 
	source_address TEXT NOT NULL, 
	in_force_from DATE NOT NULL, 
	hourly NUMERIC(18, 4) NOT NULL, 
	CONSTRAINT pk_living_wage PRIMARY KEY (id), 
	CONSTRAINT fk_living_wage_change_id FOREIGN KEY(change_id) REFERENCES change (id)
)

CREATE TABLE logo (
	id SERIAL NOT NULL, 
	change_id INTEGER NOT NULL, 
	content BYTEA NOT NULL, 
	content_sha256 TEXT NOT NULL, 
	CONSTRAINT pk_logo PRIMARY KEY (id), 
	CONSTRAINT fk_logo_change_id FOREIGN KEY(change_id) REFERENCES change (id)
)

CREATE TABLE policy (
	id SERIAL NOT NULL, 
	version INTEGER NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	change_id INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	title TEXT NOT NULL, 
	CONSTRAINT pk_policy PRIMARY KEY (id), 
	CONSTRAINT ck_policy_one_row CHECK (id = 1), 
	CONSTRAINT fk_policy_change_id FOREIGN KEY(change_id) REFERENCES change (id)
)

CREATE TABLE policy_rule (
	id SERIAL NOT NULL, 
	version INTEGER NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	change_id INTEGER NOT NULL, 
	source_title TEXT, 
	source_publisher TEXT NOT NULL, 
	source_year TEXT NOT NULL, 
	source_address TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	title TEXT NOT NULL, 
	in_force_from DATE NOT NULL, 
	in_force_until DATE, 
	threshold NUMERIC(18, 2) NOT NULL, 
	share NUMERIC(18, 6) NOT NULL, 
	counted_in TEXT NOT NULL, 
	per NUMERIC(18, 2) NOT NULL, 
	outcomes NUMERIC(18, 4) NOT NULL, 
	rounding TEXT NOT NULL, 
	wording TEXT NOT NULL, 
	CONSTRAINT pk_policy_rule PRIMARY KEY (id), 
	CONSTRAINT fk_policy_rule_change_id FOREIGN KEY(change_id) REFERENCES change (id), 
	CONSTRAINT ck_policy_rule_kind CHECK (kind IN ('scope', 'minimum_share', 'employment_outcomes')), 
	CONSTRAINT ck_policy_rule_counted_in CHECK (counted_in IN ('social_value', 'real_pounds')), 
	CONSTRAINT ck_policy_rule_rounding CHECK (rounding IN ('down', 'nearest', 'up', 'exact'))
)

CREATE TABLE supplier (
	id SERIAL NOT NULL, 
	version INTEGER NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	change_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	registration TEXT NOT NULL, 
	is_local BOOLEAN NOT NULL, 
	contact_name TEXT NOT NULL, 
	contact_email TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	CONSTRAINT pk_supplier PRIMARY KEY (id), 
	CONSTRAINT fk_supplier_change_id FOREIGN KEY(change_id) REFERENCES change (id), 
	CONSTRAINT ck_supplier_kind CHECK (kind IN ('large', 'sme', 'vcfse'))
)

CREATE INDEX ix_supplier_name ON supplier (name)

CREATE TABLE contract (
	id SERIAL NOT NULL, 
	version INTEGER NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	change_id INTEGER NOT NULL, 
	reference TEXT NOT NULL, 
	title TEXT NOT NULL, 
	supplier_id INTEGER, 
	value NUMERIC(18, 2) NOT NULL, 
	start_on DATE NOT NULL, 
	end_on DATE NOT NULL, 
	menu TEXT, 
	edition TEXT, 
	kind TEXT NOT NULL, 
	status TEXT NOT NULL, 
	CONSTRAINT pk_contract PRIMARY KEY (id), 
	CONSTRAINT ck_contract_menu_with_edition CHECK ((menu IS NULL) = (edition IS NULL)), 
	CONSTRAINT fk_contract_change_id FOREIGN KEY(change_id) REFERENCES change (id), 
	CONSTRAINT fk_contract_menu_edition FOREIGN KEY(menu, edition) REFERENCES edition (code, edition), 
	CONSTRAINT fk_contract_supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id), 
	CONSTRAINT ck_contract_kind CHECK (kind IN ('standard', 'framework')), 
	CONSTRAINT ck_contract_status CHECK (status IN ('draft', 'signed', 'closed'))
)

CREATE INDEX ix_contract_menu_edition ON contract (menu, edition)

CREATE INDEX ix_contract_supplier_id ON contract (supplier_id)

CREATE UNIQUE INDEX uq_contract_reference_in_use ON contract (reference) WHERE NOT deleted

CREATE TABLE council (
	id SERIAL NOT NULL, 
	version INTEGER NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	change_id INTEGER NOT NULL, 
	council_name TEXT NOT NULL, 
	logo_id INTEGER, 
	is_example BOOLEAN NOT NULL, 
	default_menu TEXT NOT NULL, 
	default_edition TEXT NOT NULL, 
	area TEXT NOT NULL, 
	CONSTRAINT pk_council PRIMARY KEY (id), 
	CONSTRAINT ck_council_one_row CHECK (id = 1), 
	CONSTRAINT fk_council_change_id FOREIGN KEY(change_id) REFERENCES change (id), 
	CONSTRAINT fk_council_logo_id FOREIGN KEY(logo_id) REFERENCES logo (id)
)

CREATE TABLE answer (
	id SERIAL NOT NULL, 
	version INTEGER NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	change_id INTEGER NOT NULL, 
	contract_id INTEGER NOT NULL, 
	problem_key TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	CONSTRAINT pk_answer PRIMARY KEY (id), 
	CONSTRAINT fk_answer_change_id FOREIGN KEY(change_id) REFERENCES change (id), 
	CONSTRAINT fk_answer_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id), 
	CONSTRAINT uq_answer_contract_id_problem_key UNIQUE (contract_id, problem_key)
)

CREATE TABLE commitment (
	id SERIAL NOT NULL, 
	version INTEGER NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	change_id INTEGER NOT NULL, 
	contract_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	measure TEXT NOT NULL, 
	contract_share NUMERIC(18, 6) NOT NULL, 
	place TEXT NOT NULL, 
	statement TEXT NOT NULL, 
	rate_quantity NUMERIC(18, 4), 
	rate_per_pounds NUMERIC(18, 2), 
	cost NUMERIC(18, 2), 
	project TEXT NOT NULL, 
	CONSTRAINT pk_commitment PRIMARY KEY (id), 
	CONSTRAINT ck_commitment_rate_whole CHECK ((rate_quantity IS NULL) = (rate_per_pounds IS NULL)), 
	CONSTRAINT fk_commitment_change_id FOREIGN KEY(change_id) REFERENCES change (id), 
	CONSTRAINT fk_commitment_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id)
)

CREATE INDEX ix_commitment_contract_id_position ON commitment (contract_id, position)

CREATE TABLE contract_spend (
	id SERIAL NOT NULL, 
	version INTEGER NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	change_id INTEGER NOT NULL, 
	contract_id INTEGER NOT NULL, 
	year_index INTEGER NOT NULL, 
	is_recorded BOOLEAN NOT NULL, 
	amount NUMERIC(18, 2) NOT NULL, 
	CONSTRAINT pk_contract_spend PRIMARY KEY (id), 
	CONSTRAINT fk_contract_spend_change_id FOREIGN KEY(change_id) REFERENCES change (id), 
	CONSTRAINT fk_contract_spend_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id), 
	CONSTRAINT uq_contract_spend_contract_id_year_index_is_recorded UNIQUE (contract_id, year_index, is_recorded)
)

CREATE TABLE frozen_valuation (
	id SERIAL NOT NULL, 
	change_id INTEGER NOT NULL, 
	content BYTEA NOT NULL, 
	content_sha256 TEXT NOT NULL, 
	contract_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	CONSTRAINT pk_frozen_valuation PRIMARY KEY (id), 
	CONSTRAINT fk_frozen_valuation_change_id FOREIGN KEY(change_id) REFERENCES change (id), 
	CONSTRAINT fk_frozen_valuation_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id)
)

CREATE INDEX ix_frozen_valuation_contract_id ON frozen_valuation (contract_id)

CREATE TABLE commitment_year (
	id SERIAL NOT NULL, 
	version INTEGER NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	change_id INTEGER NOT NULL, 
	commitment_id INTEGER NOT NULL, 
	year_index INTEGER NOT NULL, 
	quantity NUMERIC(18, 4), 
	CONSTRAINT pk_commitment_year PRIMARY KEY (id), 
	CONSTRAINT fk_commitment_year_change_id FOREIGN KEY(change_id) REFERENCES change (id), 
	CONSTRAINT fk_commitment_year_commitment_id FOREIGN KEY(commitment_id) REFERENCES commitment (id), 
	CONSTRAINT uq_commitment_year_commitment_id_year_index UNIQUE (commitment_id, year_index)
)

CREATE FUNCTION tomsapp_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$

CREATE TRIGGER living_wage_undeleted BEFORE DELETE ON living_wage FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER living_wage_unemptied BEFORE TRUNCATE ON living_wage FOR EACH STATEMENT EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER living_wage_first BEFORE INSERT ON living_wage FOR EACH ROW WHEN (NEW.version <> 1 OR NEW.deleted) EXECUTE FUNCTION tomsapp_refuse('A new row has version 1 and is not deleted')

CREATE TRIGGER living_wage_signed BEFORE UPDATE ON living_wage FOR EACH ROW WHEN (NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id) EXECUTE FUNCTION tomsapp_refuse('A row is changed with a new change and the next version only')

CREATE FUNCTION tomsapp_living_wage_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'living_wage', NEW.id, NULL, 'added', '{}', json_build_object('id', NEW.id, 'version', NEW.version, 'deleted', NEW.deleted, 'source_title', NEW.source_title, 'source_publisher', NEW.source_publisher, 'source_year', NEW.source_year, 'source_address', NEW.source_address, 'in_force_from', NEW.in_force_from, 'hourly', NEW.hourly::text)::text); ELSE INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'living_wage', NEW.id, NULL, CASE WHEN NEW.deleted = OLD.deleted THEN 'changed' WHEN NEW.deleted THEN 'deleted' ELSE 'restored' END, json_build_object('id', OLD.id, 'version', OLD.version, 'deleted', OLD.deleted, 'source_title', OLD.source_title, 'source_publisher', OLD.source_publisher, 'source_year', OLD.source_year, 'source_address', OLD.source_address, 'in_force_from', OLD.in_force_from, 'hourly', OLD.hourly::text)::text, json_build_object('id', NEW.id, 'version', NEW.version, 'deleted', NEW.deleted, 'source_title', NEW.source_title, 'source_publisher', NEW.source_publisher, 'source_year', NEW.source_year, 'source_address', NEW.source_address, 'in_force_from', NEW.in_force_from, 'hourly', NEW.hourly::text)::text); END IF; RETURN NULL; END $$

CREATE TRIGGER living_wage_history AFTER INSERT OR UPDATE ON living_wage FOR EACH ROW EXECUTE FUNCTION tomsapp_living_wage_history()

CREATE TRIGGER policy_undeleted BEFORE DELETE ON policy FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER policy_unemptied BEFORE TRUNCATE ON policy FOR EACH STATEMENT EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER policy_first BEFORE INSERT ON policy FOR EACH ROW WHEN (NEW.version <> 1 OR NEW.deleted) EXECUTE FUNCTION tomsapp_refuse('A new row has version 1 and is not deleted')

CREATE TRIGGER policy_signed BEFORE UPDATE ON policy FOR EACH ROW WHEN (NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id) EXECUTE FUNCTION tomsapp_refuse('A row is changed with a new change and the next version only')

CREATE FUNCTION tomsapp_policy_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'policy', NEW.id, NULL, 'added', '{}', json_build_object('id', NEW.id, 'version', NEW.version, 'deleted', NEW.deleted, 'code', NEW.code, 'title', NEW.title)::text); ELSE INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'policy', NEW.id, NULL, CASE WHEN NEW.deleted = OLD.deleted THEN 'changed' WHEN NEW.deleted THEN 'deleted' ELSE 'restored' END, json_build_object('id', OLD.id, 'version', OLD.version, 'deleted', OLD.deleted, 'code', OLD.code, 'title', OLD.title)::text, json_build_object('id', NEW.id, 'version', NEW.version, 'deleted', NEW.deleted, 'code', NEW.code, 'title', NEW.title)::text); END IF; RETURN NULL; END $$

CREATE TRIGGER policy_history AFTER INSERT OR UPDATE ON policy FOR EACH ROW EXECUTE FUNCTION tomsapp_policy_history()

CREATE TRIGGER policy_rule_undeleted BEFORE DELETE ON policy_rule FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER policy_rule_unemptied BEFORE TRUNCATE ON policy_rule FOR EACH STATEMENT EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER policy_rule_first BEFORE INSERT ON policy_rule FOR EACH ROW WHEN (NEW.version <> 1 OR NEW.deleted) EXECUTE FUNCTION tomsapp_refuse('A new row has version 1 and is not deleted')

CREATE TRIGGER policy_rule_signed BEFORE UPDATE ON policy_rule FOR EACH ROW WHEN (NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id) EXECUTE FUNCTION tomsapp_refuse('A row is changed with a new change and the next version only')

CREATE FUNCTION tomsapp_policy_rule_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'policy_rule', NEW.id, NULL, 'added', '{}', json_build_object('id', NEW.id, 'version', NEW.version, 'deleted', NEW.deleted, 'source_title', NEW.source_title, 'source_publisher', NEW.source_publisher, 'source_year', NEW.source_year, 'source_address', NEW.source_address, 'position', NEW.position, 'code', NEW.code, 'kind', NEW.kind, 'title', NEW.title, 'in_force_from', NEW.in_force_from, 'in_force_until', NEW.in_force_until, 'threshold', NEW.threshold::text, 'share', NEW.share::text, 'counted_in', NEW.counted_in, 'per', NEW.per::text, 'outcomes', NEW.outcomes::text, 'rounding', NEW.rounding, 'wording', NEW.wording)::text); ELSE INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'policy_rule', NEW.id, NULL, CASE WHEN NEW.deleted = OLD.deleted THEN 'changed' WHEN NEW.deleted THEN 'deleted' ELSE 'restored' END, json_build_object('id', OLD.id, 'version', OLD.version, 'deleted', OLD.deleted, 'source_title', OLD.source_title, 'source_publisher', OLD.source_publisher, 'source_year', OLD.source_year, 'source_address', OLD.source_address, 'position', OLD.position, 'code', OLD.code, 'kind', OLD.kind, 'title', OLD.title, 'in_force_from', OLD.in_force_from, 'in_force_until', OLD.in_force_until, 'threshold', OLD.threshold::text, 'share', OLD.share::text, 'counted_in', OLD.counted_in, 'per', OLD.per::text, 'outcomes', OLD.outcomes::text, 'rounding', OLD.rounding, 'wording', OLD.wording)::text, json_build_object('id', NEW.id, 'version', NEW.version, 'deleted', NEW.deleted, 'source_title', NEW.source_title, 'source_publisher', NEW.source_publisher, 'source_year', NEW.source_year, 'source_address', NEW.source_address, 'position', NEW.position, 'code', NEW.code, 'kind', NEW.kind, 'title', NEW.title, 'in_force_from', NEW.in_force_from, 'in_force_until', NEW.in_force_until, 'threshold', NEW.threshold::text, 'share', NEW.share::text, 'counted_in', NEW.counted_in, 'per', NEW.per::text, 'outcomes', NEW.outcomes::text, 'rounding', NEW.rounding, 'wording', NEW.wording)::text); END IF; RETURN NULL; END $$

CREATE TRIGGER policy_rule_history AFTER INSERT OR UPDATE ON policy_rule FOR EACH ROW EXECUTE FUNCTION tomsapp_policy_rule_history()

CREATE TRIGGER supplier_undeleted BEFORE DELETE ON supplier FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER supplier_unemptied BEFORE TRUNCATE ON supplier FOR EACH STATEMENT EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER supplier_first BEFORE INSERT ON supplier FOR EACH ROW WHEN (NEW.version <> 1 OR NEW.deleted) EXECUTE FUNCTION tomsapp_refuse('A new row has version 1 and is not deleted')

CREATE TRIGGER supplier_signed BEFORE UPDATE ON supplier FOR EACH ROW WHEN (NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id) EXECUTE FUNCTION tomsapp_refuse('A row is changed with a new change and the next version only')

CREATE FUNCTION tomsapp_supplier_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'supplier', NEW.id, NULL, 'added', '{}', json_build_object('id', NEW.id, 'version', NEW.version, 'deleted', NEW.deleted, 'name', NEW.name, 'kind', NEW.kind, 'registration', NEW.registration, 'is_local', NEW.is_local, 'contact_name', NEW.contact_name, 'contact_email', NEW.contact_email, 'notes', NEW.notes)::text); ELSE INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'supplier', NEW.id, NULL, CASE WHEN NEW.deleted = OLD.deleted THEN 'changed' WHEN NEW.deleted THEN 'deleted' ELSE 'restored' END, json_build_object('id', OLD.id, 'version', OLD.version, 'deleted', OLD.deleted, 'name', OLD.name, 'kind', OLD.kind, 'registration', OLD.registration, 'is_local', OLD.is_local, 'contact_name', OLD.contact_name, 'contact_email', OLD.contact_email, 'notes', OLD.notes)::text, json_build_object('id', NEW.id, 'version', NEW.version, 'deleted', NEW.deleted, 'name', NEW.name, 'kind', NEW.kind, 'registration', NEW.registration, 'is_local', NEW.is_local, 'contact_name', NEW.contact_name, 'contact_email', NEW.contact_email, 'notes', NEW.notes)::text); END IF; RETURN NULL; END $$

CREATE TRIGGER supplier_history AFTER INSERT OR UPDATE ON supplier FOR EACH ROW EXECUTE FUNCTION tomsapp_supplier_history()

CREATE TRIGGER contract_undeleted BEFORE DELETE ON contract FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER contract_unemptied BEFORE TRUNCATE ON contract FOR EACH STATEMENT EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER contract_first BEFORE INSERT ON contract FOR EACH ROW WHEN (NEW.version <> 1 OR NEW.deleted) EXECUTE FUNCTION tomsapp_refuse('A new row has version 1 and is not deleted')

CREATE TRIGGER contract_signed BEFORE UPDATE ON contract FOR EACH ROW WHEN (NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id) EXECUTE FUNCTION tomsapp_refuse('A row is changed with a new change and the next version only')

CREATE FUNCTION tomsapp_contract_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'contract', NEW.id, NEW.id, 'added', '{}', json_build_object('id', NEW.id, 'version', NEW.version, 'deleted', NEW.deleted, 'reference', NEW.reference, 'title', NEW.title, 'supplier_id', NEW.supplier_id, 'value', NEW.value::text, 'start_on', NEW.start_on, 'end_on', NEW.end_on, 'menu', NEW.menu, 'edition', NEW.edition, 'kind', NEW.kind, 'status', NEW.status)::text); ELSE INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'contract', NEW.id, NEW.id, CASE WHEN NEW.deleted = OLD.deleted THEN 'changed' WHEN NEW.deleted THEN 'deleted' ELSE 'restored' END, json_build_object('id', OLD.id, 'version', OLD.version, 'deleted', OLD.deleted, 'reference', OLD.reference, 'title', OLD.title, 'supplier_id', OLD.supplier_id, 'value', OLD.value::text, 'start_on', OLD.start_on, 'end_on', OLD.end_on, 'menu', OLD.menu, 'edition', OLD.edition, 'kind', OLD.kind, 'status', OLD.status)::text, json_build_object('id', NEW.id, 'version', NEW.version, 'deleted', NEW.deleted, 'reference', NEW.reference, 'title', NEW.title, 'supplier_id', NEW.supplier_id, 'value', NEW.value::text, 'start_on', NEW.start_on, 'end_on', NEW.end_on, 'menu', NEW.menu, 'edition', NEW.edition, 'kind', NEW.kind, 'status', NEW.status)::text); END IF; RETURN NULL; END $$

CREATE TRIGGER contract_history AFTER INSERT OR UPDATE ON contract FOR EACH ROW EXECUTE FUNCTION tomsapp_contract_history()

CREATE TRIGGER council_undeleted BEFORE DELETE ON council FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER council_unemptied BEFORE TRUNCATE ON council FOR EACH STATEMENT EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER council_first BEFORE INSERT ON council FOR EACH ROW WHEN (NEW.version <> 1 OR NEW.deleted) EXECUTE FUNCTION tomsapp_refuse('A new row has version 1 and is not deleted')

CREATE TRIGGER council_signed BEFORE UPDATE ON council FOR EACH ROW WHEN (NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id) EXECUTE FUNCTION tomsapp_refuse('A row is changed with a new change and the next version only')

CREATE FUNCTION tomsapp_council_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'council', NEW.id, NULL, 'added', '{}', json_build_object('id', NEW.id, 'version', NEW.version, 'deleted', NEW.deleted, 'council_name', NEW.council_name, 'logo_id', NEW.logo_id, 'is_example', NEW.is_example, 'default_menu', NEW.default_menu, 'default_edition', NEW.default_edition, 'area', NEW.area)::text); ELSE INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'council', NEW.id, NULL, CASE WHEN NEW.deleted = OLD.deleted THEN 'changed' WHEN NEW.deleted THEN 'deleted' ELSE 'restored' END, json_build_object('id', OLD.id, 'version', OLD.version, 'deleted', OLD.deleted, 'council_name', OLD.council_name, 'logo_id', OLD.logo_id, 'is_example', OLD.is_example, 'default_menu', OLD.default_menu, 'default_edition', OLD.default_edition, 'area', OLD.area)::text, json_build_object('id', NEW.id, 'version', NEW.version, 'deleted', NEW.deleted, 'council_name', NEW.council_name, 'logo_id', NEW.logo_id, 'is_example', NEW.is_example, 'default_menu', NEW.default_menu, 'default_edition', NEW.default_edition, 'area', NEW.area)::text); END IF; RETURN NULL; END $$

CREATE TRIGGER council_history AFTER INSERT OR UPDATE ON council FOR EACH ROW EXECUTE FUNCTION tomsapp_council_history()

CREATE TRIGGER answer_undeleted BEFORE DELETE ON answer FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER answer_unemptied BEFORE TRUNCATE ON answer FOR EACH STATEMENT EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER answer_first BEFORE INSERT ON answer FOR EACH ROW WHEN (NEW.version <> 1 OR NEW.deleted) EXECUTE FUNCTION tomsapp_refuse('A new row has version 1 and is not deleted')

CREATE TRIGGER answer_signed BEFORE UPDATE ON answer FOR EACH ROW WHEN (NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id) EXECUTE FUNCTION tomsapp_refuse('A row is changed with a new change and the next version only')

CREATE FUNCTION tomsapp_answer_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'answer', NEW.id, NEW.contract_id, 'added', '{}', json_build_object('id', NEW.id, 'version', NEW.version, 'deleted', NEW.deleted, 'contract_id', NEW.contract_id, 'problem_key', NEW.problem_key, 'answer', NEW.answer)::text); ELSE INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'answer', NEW.id, NEW.contract_id, CASE WHEN NEW.deleted = OLD.deleted THEN 'changed' WHEN NEW.deleted THEN 'deleted' ELSE 'restored' END, json_build_object('id', OLD.id, 'version', OLD.version, 'deleted', OLD.deleted, 'contract_id', OLD.contract_id, 'problem_key', OLD.problem_key, 'answer', OLD.answer)::text, json_build_object('id', NEW.id, 'version', NEW.version, 'deleted', NEW.deleted, 'contract_id', NEW.contract_id, 'problem_key', NEW.problem_key, 'answer', NEW.answer)::text); END IF; RETURN NULL; END $$

CREATE TRIGGER answer_history AFTER INSERT OR UPDATE ON answer FOR EACH ROW EXECUTE FUNCTION tomsapp_answer_history()

CREATE TRIGGER commitment_undeleted BEFORE DELETE ON commitment FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER commitment_unemptied BEFORE TRUNCATE ON commitment FOR EACH STATEMENT EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER commitment_first BEFORE INSERT ON commitment FOR EACH ROW WHEN (NEW.version <> 1 OR NEW.deleted) EXECUTE FUNCTION tomsapp_refuse('A new row has version 1 and is not deleted')

CREATE TRIGGER commitment_signed BEFORE UPDATE ON commitment FOR EACH ROW WHEN (NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id) EXECUTE FUNCTION tomsapp_refuse('A row is changed with a new change and the next version only')

CREATE FUNCTION tomsapp_commitment_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'commitment', NEW.id, NEW.contract_id, 'added', '{}', json_build_object('id', NEW.id, 'version', NEW.version, 'deleted', NEW.deleted, 'contract_id', NEW.contract_id, 'position', NEW.position, 'measure', NEW.measure, 'contract_share', NEW.contract_share::text, 'place', NEW.place, 'statement', NEW.statement, 'rate_quantity', NEW.rate_quantity::text, 'rate_per_pounds', NEW.rate_per_pounds::text, 'cost', NEW.cost::text, 'project', NEW.project)::text); ELSE INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'commitment', NEW.id, NEW.contract_id, CASE WHEN NEW.deleted = OLD.deleted THEN 'changed' WHEN NEW.deleted THEN 'deleted' ELSE 'restored' END, json_build_object('id', OLD.id, 'version', OLD.version, 'deleted', OLD.deleted, 'contract_id', OLD.contract_id, 'position', OLD.position, 'measure', OLD.measure, 'contract_share', OLD.contract_share::text, 'place', OLD.place, 'statement', OLD.statement, 'rate_quantity', OLD.rate_quantity::text, 'rate_per_pounds', OLD.rate_per_pounds::text, 'cost', OLD.cost::text, 'project', OLD.project)::text, json_build_object('id', NEW.id, 'version', NEW.version, 'deleted', NEW.deleted, 'contract_id', NEW.contract_id, 'position', NEW.position, 'measure', NEW.measure, 'contract_share', NEW.contract_share::text, 'place', NEW.place, 'statement', NEW.statement, 'rate_quantity', NEW.rate_quantity::text, 'rate_per_pounds', NEW.rate_per_pounds::text, 'cost', NEW.cost::text, 'project', NEW.project)::text); END IF; RETURN NULL; END $$

CREATE TRIGGER commitment_history AFTER INSERT OR UPDATE ON commitment FOR EACH ROW EXECUTE FUNCTION tomsapp_commitment_history()

CREATE TRIGGER contract_spend_undeleted BEFORE DELETE ON contract_spend FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER contract_spend_unemptied BEFORE TRUNCATE ON contract_spend FOR EACH STATEMENT EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER contract_spend_first BEFORE INSERT ON contract_spend FOR EACH ROW WHEN (NEW.version <> 1 OR NEW.deleted) EXECUTE FUNCTION tomsapp_refuse('A new row has version 1 and is not deleted')

CREATE TRIGGER contract_spend_signed BEFORE UPDATE ON contract_spend FOR EACH ROW WHEN (NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id) EXECUTE FUNCTION tomsapp_refuse('A row is changed with a new change and the next version only')

CREATE FUNCTION tomsapp_contract_spend_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'contract_spend', NEW.id, NEW.contract_id, 'added', '{}', json_build_object('id', NEW.id, 'version', NEW.version, 'deleted', NEW.deleted, 'contract_id', NEW.contract_id, 'year_index', NEW.year_index, 'is_recorded', NEW.is_recorded, 'amount', NEW.amount::text)::text); ELSE INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'contract_spend', NEW.id, NEW.contract_id, CASE WHEN NEW.deleted = OLD.deleted THEN 'changed' WHEN NEW.deleted THEN 'deleted' ELSE 'restored' END, json_build_object('id', OLD.id, 'version', OLD.version, 'deleted', OLD.deleted, 'contract_id', OLD.contract_id, 'year_index', OLD.year_index, 'is_recorded', OLD.is_recorded, 'amount', OLD.amount::text)::text, json_build_object('id', NEW.id, 'version', NEW.version, 'deleted', NEW.deleted, 'contract_id', NEW.contract_id, 'year_index', NEW.year_index, 'is_recorded', NEW.is_recorded, 'amount', NEW.amount::text)::text); END IF; RETURN NULL; END $$

CREATE TRIGGER contract_spend_history AFTER INSERT OR UPDATE ON contract_spend FOR EACH ROW EXECUTE FUNCTION tomsapp_contract_spend_history()

CREATE TRIGGER commitment_year_undeleted BEFORE DELETE ON commitment_year FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER commitment_year_unemptied BEFORE TRUNCATE ON commitment_year FOR EACH STATEMENT EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER commitment_year_first BEFORE INSERT ON commitment_year FOR EACH ROW WHEN (NEW.version <> 1 OR NEW.deleted) EXECUTE FUNCTION tomsapp_refuse('A new row has version 1 and is not deleted')

CREATE TRIGGER commitment_year_signed BEFORE UPDATE ON commitment_year FOR EACH ROW WHEN (NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id) EXECUTE FUNCTION tomsapp_refuse('A row is changed with a new change and the next version only')

CREATE FUNCTION tomsapp_commitment_year_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'commitment_year', NEW.id, (SELECT contract_id FROM commitment WHERE id = NEW.commitment_id), 'added', '{}', json_build_object('id', NEW.id, 'version', NEW.version, 'deleted', NEW.deleted, 'commitment_id', NEW.commitment_id, 'year_index', NEW.year_index, 'quantity', NEW.quantity::text)::text); ELSE INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'commitment_year', NEW.id, (SELECT contract_id FROM commitment WHERE id = NEW.commitment_id), CASE WHEN NEW.deleted = OLD.deleted THEN 'changed' WHEN NEW.deleted THEN 'deleted' ELSE 'restored' END, json_build_object('id', OLD.id, 'version', OLD.version, 'deleted', OLD.deleted, 'commitment_id', OLD.commitment_id, 'year_index', OLD.year_index, 'quantity', OLD.quantity::text)::text, json_build_object('id', NEW.id, 'version', NEW.version, 'deleted', NEW.deleted, 'commitment_id', NEW.commitment_id, 'year_index', NEW.year_index, 'quantity', NEW.quantity::text)::text); END IF; RETURN NULL; END $$

CREATE TRIGGER commitment_year_history AFTER INSERT OR UPDATE ON commitment_year FOR EACH ROW EXECUTE FUNCTION tomsapp_commitment_year_history()

CREATE TRIGGER area_undeleted BEFORE DELETE ON area FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER area_unemptied BEFORE TRUNCATE ON area FOR EACH STATEMENT EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER area_unchanged BEFORE UPDATE ON area FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('This row is kept for ever and cannot be changed')

CREATE FUNCTION tomsapp_area_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'area', NEW.id, NULL, 'added', '{}', json_build_object('id', NEW.id, 'content_sha256', NEW.content_sha256, 'code', NEW.code)::text); RETURN NULL; END $$

CREATE TRIGGER area_history AFTER INSERT OR UPDATE ON area FOR EACH ROW EXECUTE FUNCTION tomsapp_area_history()

CREATE TRIGGER edition_undeleted BEFORE DELETE ON edition FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER edition_unemptied BEFORE TRUNCATE ON edition FOR EACH STATEMENT EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER edition_unchanged BEFORE UPDATE ON edition FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('This row is kept for ever and cannot be changed')

CREATE FUNCTION tomsapp_edition_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'edition', NEW.id, NULL, 'added', '{}', json_build_object('id', NEW.id, 'content_sha256', NEW.content_sha256, 'code', NEW.code, 'edition', NEW.edition, 'sha256', NEW.sha256, 'title', NEW.title)::text); RETURN NULL; END $$

CREATE TRIGGER edition_history AFTER INSERT OR UPDATE ON edition FOR EACH ROW EXECUTE FUNCTION tomsapp_edition_history()

CREATE TRIGGER logo_undeleted BEFORE DELETE ON logo FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER logo_unemptied BEFORE TRUNCATE ON logo FOR EACH STATEMENT EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER logo_unchanged BEFORE UPDATE ON logo FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('This row is kept for ever and cannot be changed')

CREATE FUNCTION tomsapp_logo_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'logo', NEW.id, NULL, 'added', '{}', json_build_object('id', NEW.id, 'content_sha256', NEW.content_sha256)::text); RETURN NULL; END $$

CREATE TRIGGER logo_history AFTER INSERT OR UPDATE ON logo FOR EACH ROW EXECUTE FUNCTION tomsapp_logo_history()

CREATE TRIGGER frozen_valuation_undeleted BEFORE DELETE ON frozen_valuation FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER frozen_valuation_unemptied BEFORE TRUNCATE ON frozen_valuation FOR EACH STATEMENT EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER frozen_valuation_unchanged BEFORE UPDATE ON frozen_valuation FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('This row is kept for ever and cannot be changed')

CREATE FUNCTION tomsapp_frozen_valuation_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'frozen_valuation', NEW.id, NEW.contract_id, 'added', '{}', json_build_object('id', NEW.id, 'content_sha256', NEW.content_sha256, 'contract_id', NEW.contract_id, 'kind', NEW.kind, 'sha256', NEW.sha256, 'reason', NEW.reason)::text); RETURN NULL; END $$

CREATE TRIGGER frozen_valuation_history AFTER INSERT OR UPDATE ON frozen_valuation FOR EACH ROW EXECUTE FUNCTION tomsapp_frozen_valuation_history()

CREATE TRIGGER change_undeleted BEFORE DELETE ON change FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER change_unemptied BEFORE TRUNCATE ON change FOR EACH STATEMENT EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER change_unchanged BEFORE UPDATE ON change FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('This row is kept for ever and cannot be changed')

CREATE TRIGGER history_undeleted BEFORE DELETE ON history FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER history_unemptied BEFORE TRUNCATE ON history FOR EACH STATEMENT EXECUTE FUNCTION tomsapp_refuse('Nothing is deleted from this database: mark the row as deleted')

CREATE TRIGGER history_unchanged BEFORE UPDATE ON history FOR EACH ROW EXECUTE FUNCTION tomsapp_refuse('This row is kept for ever and cannot be changed')

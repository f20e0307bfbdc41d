CREATE TABLE change (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	who TEXT NOT NULL, 
	what TEXT NOT NULL, 
	CONSTRAINT pk_change PRIMARY KEY (id)
)

CREATE TABLE area (
	id INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	content BLOB NOT NULL, 
	content_sha256 TEXT NOT NULL, 
	code TEXT NOT NULL, 
	CONSTRAINT pk_area PRIMARY KEY (id), 
	CONSTRAINT fk_area_change_id FOREIGN KEY(change_id) REFERENCES change (id)
)

CREATE INDEX ix_area_code ON area (code)

CREATE TABLE edition (
	id INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	content BLOB NOT NULL, 
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
	id INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	record_id INTEGER NOT NULL, 
	contract_id INTEGER, 
	action TEXT NOT NULL, 
	"before" TEXT NOT NULL, 
	"after" TEXT NOT NULL, 
	CONSTRAINT pk_history PRIMARY KEY (id), 
	CONSTRAINT fk_history_change_id FOREIGN KEY(change_id) REFERENCES change (id)
)

CREATE INDEX ix_history_change_id ON history (change_id)

CREATE INDEX ix_history_contract_id ON history (contract_id)

CREATE INDEX ix_history_kind_record_id ON history (kind, record_id)

CREATE TABLE living_wage (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	change_id INTEGER NOT NULL, 
	source_title TEXT, 
	source_publisher TEXT NOT NULL, 
	source_year TEXT NOT NULL, 
	source_address TEXT NOT NULL, 
	in_force_from DATE NOT NULL, 
	hourly BIGINT NOT NULL, 
	CONSTRAINT pk_living_wage PRIMARY KEY (id), 
	CONSTRAINT fk_living_wage_change_id FOREIGN KEY(change_id) REFERENCES change (id)
)

CREATE TABLE logo (
	id INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	content BLOB NOT NULL, 
	content_sha256 TEXT NOT NULL, 
	CONSTRAINT pk_logo PRIMARY KEY (id), 
	CONSTRAINT fk_logo_change_id FOREIGN KEY(change_id) REFERENCES change (id)
)

CREATE TABLE policy (
	id INTEGER NOT NULL, 
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
	id INTEGER NOT NULL, 
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
	threshold BIGINT NOT NULL, 
	share BIGINT NOT NULL, 
	counted_in TEXT NOT NULL, 
	per BIGINT NOT NULL, 
	outcomes BIGINT NOT NULL, 
	rounding TEXT NOT NULL, 
	wording TEXT NOT NULL, 
	CONSTRAINT pk_policy_rule PRIMARY KEY (id), 
	CONSTRAINT fk_policy_rule_change_id FOREIGN KEY(change_id) REFERENCES change (id), 
	CONSTRAINT ck_policy_rule_kind CHECK (kind IN ('scope', 'minimum_share', 'employment_outcomes')), 
	CONSTRAINT ck_policy_rule_counted_in CHECK (counted_in IN ('social_value', 'real_pounds')), 
	CONSTRAINT ck_policy_rule_rounding CHECK (rounding IN ('down', 'nearest', 'up', 'exact'))
)

CREATE TABLE supplier (
	id INTEGER NOT NULL, 
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
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	change_id INTEGER NOT NULL, 
	reference TEXT NOT NULL, 
	title TEXT NOT NULL, 
	supplier_id INTEGER, 
	value BIGINT NOT NULL, 
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

CREATE UNIQUE INDEX uq_contract_reference_in_use ON contract (reference) WHERE deleted = 0

CREATE TABLE council (
	id INTEGER NOT NULL, 
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
	id INTEGER NOT NULL, 
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
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	change_id INTEGER NOT NULL, 
	contract_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	measure TEXT NOT NULL, 
	contract_share BIGINT NOT NULL, 
	place TEXT NOT NULL, 
	statement TEXT NOT NULL, 
	rate_quantity BIGINT, 
	rate_per_pounds BIGINT, 
	cost BIGINT, 
	project TEXT NOT NULL, 
	CONSTRAINT pk_commitment PRIMARY KEY (id), 
	CONSTRAINT ck_commitment_rate_whole CHECK ((rate_quantity IS NULL) = (rate_per_pounds IS NULL)), 
	CONSTRAINT fk_commitment_change_id FOREIGN KEY(change_id) REFERENCES change (id), 
	CONSTRAINT fk_commitment_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id)
)

CREATE INDEX ix_commitment_contract_id_position ON commitment (contract_id, position)

CREATE TABLE contract_spend (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	change_id INTEGER NOT NULL, 
	contract_id INTEGER NOT NULL, 
	year_index INTEGER NOT NULL, 
	is_recorded BOOLEAN NOT NULL, 
	amount BIGINT NOT NULL, 
	CONSTRAINT pk_contract_spend PRIMARY KEY (id), 
	CONSTRAINT fk_contract_spend_change_id FOREIGN KEY(change_id) REFERENCES change (id), 
	CONSTRAINT fk_contract_spend_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id), 
	CONSTRAINT uq_contract_spend_contract_id_year_index_is_recorded UNIQUE (contract_id, year_index, is_recorded)
)

CREATE TABLE frozen_valuation (
	id INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	content BLOB NOT NULL, 
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
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	change_id INTEGER NOT NULL, 
	commitment_id INTEGER NOT NULL, 
	year_index INTEGER NOT NULL, 
	quantity BIGINT, 
	CONSTRAINT pk_commitment_year PRIMARY KEY (id), 
	CONSTRAINT fk_commitment_year_change_id FOREIGN KEY(change_id) REFERENCES change (id), 
	CONSTRAINT fk_commitment_year_commitment_id FOREIGN KEY(commitment_id) REFERENCES commitment (id), 
	CONSTRAINT uq_commitment_year_commitment_id_year_index UNIQUE (commitment_id, year_index)
)

CREATE TRIGGER living_wage_undeleted BEFORE DELETE ON living_wage BEGIN SELECT RAISE(ABORT, 'Nothing is deleted from this database: mark the row as deleted'); END

CREATE TRIGGER living_wage_unreplaced BEFORE INSERT ON living_wage WHEN EXISTS (SELECT 1 FROM living_wage WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'A row with this number is already there and is not replaced'); END

CREATE TRIGGER living_wage_first BEFORE INSERT ON living_wage WHEN NEW.version <> 1 OR NEW.deleted BEGIN SELECT RAISE(ABORT, 'A new row has version 1 and is not deleted'); END

CREATE TRIGGER living_wage_signed BEFORE UPDATE ON living_wage WHEN NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'A row is changed with a new change and the next version only'); END

CREATE TRIGGER living_wage_added AFTER INSERT ON living_wage BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'living_wage', NEW.id, NULL, 'added', '{}', json_object('id', NEW.id, 'version', NEW.version, 'deleted', json(CASE WHEN NEW.deleted THEN 'true' ELSE 'false' END), 'source_title', NEW.source_title, 'source_publisher', NEW.source_publisher, 'source_year', NEW.source_year, 'source_address', NEW.source_address, 'in_force_from', NEW.in_force_from, 'hourly', CASE WHEN NEW.hourly IS NULL THEN NULL ELSE printf('%s%d.%04d', CASE WHEN NEW.hourly < 0 THEN '-' ELSE '' END, abs(NEW.hourly) / 10000, abs(NEW.hourly) % 10000) END)); END

CREATE TRIGGER living_wage_changed AFTER UPDATE ON living_wage BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'living_wage', NEW.id, NULL, CASE WHEN NEW.deleted = OLD.deleted THEN 'changed' WHEN NEW.deleted THEN 'deleted' ELSE 'restored' END, json_object('id', OLD.id, 'version', OLD.version, 'deleted', json(CASE WHEN OLD.deleted THEN 'true' ELSE 'false' END), 'source_title', OLD.source_title, 'source_publisher', OLD.source_publisher, 'source_year', OLD.source_year, 'source_address', OLD.source_address, 'in_force_from', OLD.in_force_from, 'hourly', CASE WHEN OLD.hourly IS NULL THEN NULL ELSE printf('%s%d.%04d', CASE WHEN OLD.hourly < 0 THEN '-' ELSE '' END, abs(OLD.hourly) / 10000, abs(OLD.hourly) % 10000) END), json_object('id', NEW.id, 'version', NEW.version, 'deleted', json(CASE WHEN NEW.deleted THEN 'true' ELSE 'false' END), 'source_title', NEW.source_title, 'source_publisher', NEW.source_publisher, 'source_year', NEW.source_year, 'source_address', NEW.source_address, 'in_force_from', NEW.in_force_from, 'hourly', CASE WHEN NEW.hourly IS NULL THEN NULL ELSE printf('%s%d.%04d', CASE WHEN NEW.hourly < 0 THEN '-' ELSE '' END, abs(NEW.hourly) / 10000, abs(NEW.hourly) % 10000) END)); END

CREATE TRIGGER policy_undeleted BEFORE DELETE ON policy BEGIN SELECT RAISE(ABORT, 'Nothing is deleted from this database: mark the row as deleted'); END

CREATE TRIGGER policy_unreplaced BEFORE INSERT ON policy WHEN EXISTS (SELECT 1 FROM policy WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'A row with this number is already there and is not replaced'); END

CREATE TRIGGER policy_first BEFORE INSERT ON policy WHEN NEW.version <> 1 OR NEW.deleted BEGIN SELECT RAISE(ABORT, 'A new row has version 1 and is not deleted'); END

CREATE TRIGGER policy_signed BEFORE UPDATE ON policy WHEN NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'A row is changed with a new change and the next version only'); END

CREATE TRIGGER policy_added AFTER INSERT ON policy BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'policy', NEW.id, NULL, 'added', '{}', json_object('id', NEW.id, 'version', NEW.version, 'deleted', json(CASE WHEN NEW.deleted THEN 'true' ELSE 'false' END), 'code', NEW.code, 'title', NEW.title)); END

CREATE TRIGGER policy_changed AFTER UPDATE ON policy BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'policy', NEW.id, NULL, CASE WHEN NEW.deleted = OLD.deleted THEN 'changed' WHEN NEW.deleted THEN 'deleted' ELSE 'restored' END, json_object('id', OLD.id, 'version', OLD.version, 'deleted', json(CASE WHEN OLD.deleted THEN 'true' ELSE 'false' END), 'code', OLD.code, 'title', OLD.title), json_object('id', NEW.id, 'version', NEW.version, 'deleted', json(CASE WHEN NEW.deleted THEN 'true' ELSE 'false' END), 'code', NEW.code, 'title', NEW.title)); END

CREATE TRIGGER policy_rule_undeleted BEFORE DELETE ON policy_rule BEGIN SELECT RAISE(ABORT, 'Nothing is deleted from this database: mark the row as deleted'); END

CREATE TRIGGER policy_rule_unreplaced BEFORE INSERT ON policy_rule WHEN EXISTS (SELECT 1 FROM policy_rule WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'A row with this number is already there and is not replaced'); END

CREATE TRIGGER policy_rule_first BEFORE INSERT ON policy_rule WHEN NEW.version <> 1 OR NEW.deleted BEGIN SELECT RAISE(ABORT, 'A new row has version 1 and is not deleted'); END

CREATE TRIGGER policy_rule_signed BEFORE UPDATE ON policy_rule WHEN NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'A row is changed with a new change and the next version only'); END

CREATE TRIGGER policy_rule_added AFTER INSERT ON policy_rule BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'policy_rule', NEW.id, NULL, 'added', '{}', json_object('id', NEW.id, 'version', NEW.version, 'deleted', json(CASE WHEN NEW.deleted THEN 'true' ELSE 'false' END), 'source_title', NEW.source_title, 'source_publisher', NEW.source_publisher, 'source_year', NEW.source_year, 'source_address', NEW.source_address, 'position', NEW.position, 'code', NEW.code, 'kind', NEW.kind, 'title', NEW.title, 'in_force_from', NEW.in_force_from, 'in_force_until', NEW.in_force_until, 'threshold', CASE WHEN NEW.threshold IS NULL THEN NULL ELSE printf('%s%d.%02d', CASE WHEN NEW.threshold < 0 THEN '-' ELSE '' END, abs(NEW.threshold) / 100, abs(NEW.threshold) % 100) END, 'share', CASE WHEN NEW.share IS NULL THEN NULL ELSE printf('%s%d.%06d', CASE WHEN NEW.share < 0 THEN '-' ELSE '' END, abs(NEW.share) / 1000000, abs(NEW.share) % 1000000) END, 'counted_in', NEW.counted_in, 'per', CASE WHEN NEW.per IS NULL THEN NULL ELSE printf('%s%d.%02d', CASE WHEN NEW.per < 0 THEN '-' ELSE '' END, abs(NEW.per) / 100, abs(NEW.per) % 100) END, 'outcomes', CASE WHEN NEW.outcomes IS NULL THEN NULL ELSE printf('%s%d.%04d', CASE WHEN NEW.outcomes < 0 THEN '-' ELSE '' END, abs(NEW.outcomes) / 10000, abs(NEW.outcomes) % 10000) END, 'rounding', NEW.rounding, 'wording', NEW.wording)); END

CREATE TRIGGER policy_rule_changed AFTER UPDATE ON policy_rule BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'policy_rule', NEW.id, NULL, CASE WHEN NEW.deleted = OLD.deleted THEN 'changed' WHEN NEW.deleted THEN 'deleted' ELSE 'restored' END, json_object('id', OLD.id, 'version', OLD.version, 'deleted', json(CASE WHEN OLD.deleted THEN 'true' ELSE 'false' END), 'source_title', OLD.source_title, 'source_publisher', OLD.source_publisher, 'source_year', OLD.source_year, 'source_address', OLD.source_address, 'position', OLD.position, 'code', OLD.code, 'kind', OLD.kind, 'title', OLD.title, 'in_force_from', OLD.in_force_from, 'in_force_until', OLD.in_force_until, 'threshold', CASE WHEN OLD.threshold IS NULL THEN NULL ELSE printf('%s%d.%02d', CASE WHEN OLD.threshold < 0 THEN '-' ELSE '' END, abs(OLD.threshold) / 100, abs(OLD.threshold) % 100) END, 'share', CASE WHEN OLD.share IS NULL THEN NULL ELSE printf('%s%d.%06d', CASE WHEN OLD.share < 0 THEN '-' ELSE '' END, abs(OLD.share) / 1000000, abs(OLD.share) % 1000000) END, 'counted_in', OLD.counted_in, 'per', CASE WHEN OLD.per IS NULL THEN NULL ELSE printf('%s%d.%02d', CASE WHEN OLD.per < 0 THEN '-' ELSE '' END, abs(OLD.per) / 100, abs(OLD.per) % 100) END, 'outcomes', CASE WHEN OLD.outcomes IS NULL THEN NULL ELSE printf('%s%d.%04d', CASE WHEN OLD.outcomes < 0 THEN '-' ELSE '' END, abs(OLD.outcomes) / 10000, abs(OLD.outcomes) % 10000) END, 'rounding', OLD.rounding, 'wording', OLD.wording), json_object('id', NEW.id, 'version', NEW.version, 'deleted', json(CASE WHEN NEW.deleted THEN 'true' ELSE 'false' END), 'source_title', NEW.source_title, 'source_publisher', NEW.source_publisher, 'source_year', NEW.source_year, 'source_address', NEW.source_address, 'position', NEW.position, 'code', NEW.code, 'kind', NEW.kind, 'title', NEW.title, 'in_force_from', NEW.in_force_from, 'in_force_until', NEW.in_force_until, 'threshold', CASE WHEN NEW.threshold IS NULL THEN NULL ELSE printf('%s%d.%02d', CASE WHEN NEW.threshold < 0 THEN '-' ELSE '' END, abs(NEW.threshold) / 100, abs(NEW.threshold) % 100) END, 'share', CASE WHEN NEW.share IS NULL THEN NULL ELSE printf('%s%d.%06d', CASE WHEN NEW.share < 0 THEN '-' ELSE '' END, abs(NEW.share) / 1000000, abs(NEW.share) % 1000000) END, 'counted_in', NEW.counted_in, 'per', CASE WHEN NEW.per IS NULL THEN NULL ELSE printf('%s%d.%02d', CASE WHEN NEW.per < 0 THEN '-' ELSE '' END, abs(NEW.per) / 100, abs(NEW.per) % 100) END, 'outcomes', CASE WHEN NEW.outcomes IS NULL THEN NULL ELSE printf('%s%d.%04d', CASE WHEN NEW.outcomes < 0 THEN '-' ELSE '' END, abs(NEW.outcomes) / 10000, abs(NEW.outcomes) % 10000) END, 'rounding', NEW.rounding, 'wording', NEW.wording)); END

CREATE TRIGGER supplier_undeleted BEFORE DELETE ON supplier BEGIN SELECT RAISE(ABORT, 'Nothing is deleted from this database: mark the row as deleted'); END

CREATE TRIGGER supplier_unreplaced BEFORE INSERT ON supplier WHEN EXISTS (SELECT 1 FROM supplier WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'A row with this number is already there and is not replaced'); END

CREATE TRIGGER supplier_first BEFORE INSERT ON supplier WHEN NEW.version <> 1 OR NEW.deleted BEGIN SELECT RAISE(ABORT, 'A new row has version 1 and is not deleted'); END

CREATE TRIGGER supplier_signed BEFORE UPDATE ON supplier WHEN NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'A row is changed with a new change and the next version only'); END

CREATE TRIGGER supplier_added AFTER INSERT ON supplier BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'supplier', NEW.id, NULL, 'added', '{}', json_object('id', NEW.id, 'version', NEW.version, 'deleted', json(CASE WHEN NEW.deleted THEN 'true' ELSE 'false' END), 'name', NEW.name, 'kind', NEW.kind, 'registration', NEW.registration, 'is_local', json(CASE WHEN NEW.is_local THEN 'true' ELSE 'false' END), 'contact_name', NEW.contact_name, 'contact_email', NEW.contact_email, 'notes', NEW.notes)); END

CREATE TRIGGER supplier_changed AFTER UPDATE ON supplier BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'supplier', NEW.id, NULL, CASE WHEN NEW.deleted = OLD.deleted THEN 'changed' WHEN NEW.deleted THEN 'deleted' ELSE 'restored' END, json_object('id', OLD.id, 'version', OLD.version, 'deleted', json(CASE WHEN OLD.deleted THEN 'true' ELSE 'false' END), 'name', OLD.name, 'kind', OLD.kind, 'registration', OLD.registration, 'is_local', json(CASE WHEN OLD.is_local THEN 'true' ELSE 'false' END), 'contact_name', OLD.contact_name, 'contact_email', OLD.contact_email, 'notes', OLD.notes), json_object('id', NEW.id, 'version', NEW.version, 'deleted', json(CASE WHEN NEW.deleted THEN 'true' ELSE 'false' END), 'name', NEW.name, 'kind', NEW.kind, 'registration', NEW.registration, 'is_local', json(CASE WHEN NEW.is_local THEN 'true' ELSE 'false' END), 'contact_name', NEW.contact_name, 'contact_email', NEW.contact_email, 'notes', NEW.notes)); END

CREATE TRIGGER contract_undeleted BEFORE DELETE ON contract BEGIN SELECT RAISE(ABORT, 'Nothing is deleted from this database: mark the row as deleted'); END

CREATE TRIGGER contract_unreplaced BEFORE INSERT ON contract WHEN EXISTS (SELECT 1 FROM contract WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'A row with this number is already there and is not replaced'); END

CREATE TRIGGER contract_first BEFORE INSERT ON contract WHEN NEW.version <> 1 OR NEW.deleted BEGIN SELECT RAISE(ABORT, 'A new row has version 1 and is not deleted'); END

CREATE TRIGGER contract_signed BEFORE UPDATE ON contract WHEN NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'A row is changed with a new change and the next version only'); END

CREATE TRIGGER contract_added AFTER INSERT ON contract BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'contract', NEW.id, NEW.id, 'added', '{}', json_object('id', NEW.id, 'version', NEW.version, 'deleted', json(CASE WHEN NEW.deleted THEN 'true' ELSE 'false' END), 'reference', NEW.reference, 'title', NEW.title, 'supplier_id', NEW.supplier_id, 'value', CASE WHEN NEW.value IS NULL THEN NULL ELSE printf('%s%d.%02d', CASE WHEN NEW.value < 0 THEN '-' ELSE '' END, abs(NEW.value) / 100, abs(NEW.value) % 100) END, 'start_on', NEW.start_on, 'end_on', NEW.end_on, 'menu', NEW.menu, 'edition', NEW.edition, 'kind', NEW.kind, 'status', NEW.status)); END

CREATE TRIGGER contract_changed AFTER UPDATE ON contract BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'contract', NEW.id, NEW.id, CASE WHEN NEW.deleted = OLD.deleted THEN 'changed' WHEN NEW.deleted THEN 'deleted' ELSE 'restored' END, json_object('id', OLD.id, 'version', OLD.version, 'deleted', json(CASE WHEN OLD.deleted THEN 'true' ELSE 'false' END), 'reference', OLD.reference, 'title', OLD.title, 'supplier_id', OLD.supplier_id, 'value', CASE WHEN OLD.value IS NULL THEN NULL ELSE printf('%s%d.%02d', CASE WHEN OLD.value < 0 THEN '-' ELSE '' END, abs(OLD.value) / 100, abs(OLD.value) % 100) END, 'start_on', OLD.start_on, 'end_on', OLD.end_on, 'menu', OLD.menu, 'edition', OLD.edition, 'kind', OLD.kind, 'status', OLD.status), json_object('id', NEW.id, 'version', NEW.version, 'deleted', json(CASE WHEN NEW.deleted THEN 'true' ELSE 'false' END), 'reference', NEW.reference, 'title', NEW.title, 'supplier_id', NEW.supplier_id, 'value', CASE WHEN NEW.value IS NULL THEN NULL ELSE printf('%s%d.%02d', CASE WHEN NEW.value < 0 THEN '-' ELSE '' END, abs(NEW.value) / 100, abs(NEW.value) % 100) END, 'start_on', NEW.start_on, 'end_on', NEW.end_on, 'menu', NEW.menu, 'edition', NEW.edition, 'kind', NEW.kind, 'status', NEW.status)); END

CREATE TRIGGER council_undeleted BEFORE DELETE ON council BEGIN SELECT RAISE(ABORT, 'Nothing is deleted from this database: mark the row as deleted'); END

CREATE TRIGGER council_unreplaced BEFORE INSERT ON council WHEN EXISTS (SELECT 1 FROM council WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'A row with this number is already there and is not replaced'); END

CREATE TRIGGER council_first BEFORE INSERT ON council WHEN NEW.version <> 1 OR NEW.deleted BEGIN SELECT RAISE(ABORT, 'A new row has version 1 and is not deleted'); END

CREATE TRIGGER council_signed BEFORE UPDATE ON council WHEN NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'A row is changed with a new change and the next version only'); END

CREATE TRIGGER council_added AFTER INSERT ON council BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'council', NEW.id, NULL, 'added', '{}', json_object('id', NEW.id, 'version', NEW.version, 'deleted', json(CASE WHEN NEW.deleted THEN 'true' ELSE 'false' END), 'council_name', NEW.council_name, 'logo_id', NEW.logo_id, 'is_example', json(CASE WHEN NEW.is_example THEN 'true' ELSE 'false' END), 'default_menu', NEW.default_menu, 'default_edition', NEW.default_edition, 'area', NEW.area)); END

CREATE TRIGGER council_changed AFTER UPDATE ON council BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'council', NEW.id, NULL, CASE WHEN NEW.deleted = OLD.deleted THEN 'changed' WHEN NEW.deleted THEN 'deleted' ELSE 'restored' END, json_object('id', OLD.id, 'version', OLD.version, 'deleted', json(CASE WHEN OLD.deleted THEN 'true' ELSE 'false' END), 'council_name', OLD.council_name, 'logo_id', OLD.logo_id, 'is_example', json(CASE WHEN OLD.is_example THEN 'true' ELSE 'false' END), 'default_menu', OLD.default_menu, 'default_edition', OLD.default_edition, 'area', OLD.area), json_object('id', NEW.id, 'version', NEW.version, 'deleted', json(CASE WHEN NEW.deleted THEN 'true' ELSE 'false' END), 'council_name', NEW.council_name, 'logo_id', NEW.logo_id, 'is_example', json(CASE WHEN NEW.is_example THEN 'true' ELSE 'false' END), 'default_menu', NEW.default_menu, 'default_edition', NEW.default_edition, 'area', NEW.area)); END

CREATE TRIGGER answer_undeleted BEFORE DELETE ON answer BEGIN SELECT RAISE(ABORT, 'Nothing is deleted from this database: mark the row as deleted'); END

CREATE TRIGGER answer_unreplaced BEFORE INSERT ON answer WHEN EXISTS (SELECT 1 FROM answer WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'A row with this number is already there and is not replaced'); END

CREATE TRIGGER answer_first BEFORE INSERT ON answer WHEN NEW.version <> 1 OR NEW.deleted BEGIN SELECT RAISE(ABORT, 'A new row has version 1 and is not deleted'); END

CREATE TRIGGER answer_signed BEFORE UPDATE ON answer WHEN NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'A row is changed with a new change and the next version only'); END

CREATE TRIGGER answer_added AFTER INSERT ON answer BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'answer', NEW.id, NEW.contract_id, 'added', '{}', json_object('id', NEW.id, 'version', NEW.version, 'deleted', json(CASE WHEN NEW.deleted THEN 'true' ELSE 'false' END), 'contract_id', NEW.contract_id, 'problem_key', NEW.problem_key, 'answer', NEW.answer)); END

CREATE TRIGGER answer_changed AFTER UPDATE ON answer BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'answer', NEW.id, NEW.contract_id, CASE WHEN NEW.deleted = OLD.deleted THEN 'changed' WHEN NEW.deleted THEN 'deleted' ELSE 'restored' END, json_object('id', OLD.id, 'version', OLD.version, 'deleted', json(CASE WHEN OLD.deleted THEN 'true' ELSE 'false' END), 'contract_id', OLD.contract_id, 'problem_key', OLD.problem_key, 'answer', OLD.answer), json_object('id', NEW.id, 'version', NEW.version, 'deleted', json(CASE WHEN NEW.deleted THEN 'true' ELSE 'false' END), 'contract_id', NEW.contract_id, 'problem_key', NEW.problem_key, 'answer', NEW.answer)); END

CREATE TRIGGER commitment_undeleted BEFORE DELETE ON commitment BEGIN SELECT RAISE(ABORT, 'Nothing is deleted from this database: mark the row as deleted'); END

CREATE TRIGGER commitment_unreplaced BEFORE INSERT ON commitment WHEN EXISTS (SELECT 1 FROM commitment WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'A row with this number is already there and is not replaced'); END

CREATE TRIGGER commitment_first BEFORE INSERT ON commitment WHEN NEW.version <> 1 OR NEW.deleted BEGIN SELECT RAISE(ABORT, 'A new row has version 1 and is not deleted'); END

CREATE TRIGGER commitment_signed BEFORE UPDATE ON commitment WHEN NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'A row is changed with a new change and the next version only'); END

CREATE TRIGGER commitment_added AFTER INSERT ON commitment BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'commitment', NEW.id, NEW.contract_id, 'added', '{}', json_object('id', NEW.id, 'version', NEW.version, 'deleted', json(CASE WHEN NEW.deleted THEN 'true' ELSE 'false' END), 'contract_id', NEW.contract_id, 'position', NEW.position, 'measure', NEW.measure, 'contract_share', CASE WHEN NEW.contract_share IS NULL THEN NULL ELSE printf('%s%d.%06d', CASE WHEN NEW.contract_share < 0 THEN '-' ELSE '' END, abs(NEW.contract_share) / 1000000, abs(NEW.contract_share) % 1000000) END, 'place', NEW.place, 'statement', NEW.statement, 'rate_quantity', CASE WHEN NEW.rate_quantity IS NULL THEN NULL ELSE printf('%s%d.%04d', CASE WHEN NEW.rate_quantity < 0 THEN '-' ELSE '' END, abs(NEW.rate_quantity) / 10000, abs(NEW.rate_quantity) % 10000) END, 'rate_per_pounds', CASE WHEN NEW.rate_per_pounds IS NULL THEN NULL ELSE printf('%s%d.%02d', CASE WHEN NEW.rate_per_pounds < 0 THEN '-' ELSE '' END, abs(NEW.rate_per_pounds) / 100, abs(NEW.rate_per_pounds) % 100) END, 'cost', CASE WHEN NEW.cost IS NULL THEN NULL ELSE printf('%s%d.%02d', CASE WHEN NEW.cost < 0 THEN '-' ELSE '' END, abs(NEW.cost) / 100, abs(NEW.cost) % 100) END, 'project', NEW.project)); END

CREATE TRIGGER commitment_changed AFTER UPDATE ON commitment BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'commitment', NEW.id, NEW.contract_id, CASE WHEN NEW.deleted = OLD.deleted THEN 'changed' WHEN NEW.deleted THEN 'deleted' ELSE 'restored' END, json_object('id', OLD.id, 'version', OLD.version, 'deleted', json(CASE WHEN OLD.deleted THEN 'true' ELSE 'false' END), 'contract_id', OLD.contract_id, 'position', OLD.position, 'measure', OLD.measure, 'contract_share', CASE WHEN OLD.contract_share IS NULL THEN NULL ELSE printf('%s%d.%06d', CASE WHEN OLD.contract_share < 0 THEN '-' ELSE '' END, abs(OLD.contract_share) / 1000000, abs(OLD.contract_share) % 1000000) END, 'place', OLD.place, 'statement', OLD.statement, 'rate_quantity', CASE WHEN OLD.rate_quantity IS NULL THEN NULL ELSE printf('%s%d.%04d', CASE WHEN OLD.rate_quantity < 0 THEN '-' ELSE '' END, abs(OLD.rate_quantity) / 10000, abs(OLD.rate_quantity) % 10000) END, 'rate_per_pounds', CASE WHEN OLD.rate_per_pounds IS NULL THEN NULL ELSE printf('%s%d.%02d', CASE WHEN OLD.rate_per_pounds < 0 THEN '-' ELSE '' END, abs(OLD.rate_per_pounds) / 100, abs(OLD.rate_per_pounds) % 100) END, 'cost', CASE WHEN OLD.cost IS NULL THEN NULL ELSE printf('%s%d.%02d', CASE WHEN OLD.cost < 0 THEN '-' ELSE '' END, abs(OLD.cost) / 100, abs(OLD.cost) % 100) END, 'project', OLD.project), json_object('id', NEW.id, 'version', NEW.version, 'deleted', json(CASE WHEN NEW.deleted THEN 'true' ELSE 'false' END), 'contract_id', NEW.contract_id, 'position', NEW.position, 'measure', NEW.measure, 'contract_share', CASE WHEN NEW.contract_share IS NULL THEN NULL ELSE printf('%s%d.%06d', CASE WHEN NEW.contract_share < 0 THEN '-' ELSE '' END, abs(NEW.contract_share) / 1000000, abs(NEW.contract_share) % 1000000) END, 'place', NEW.place, 'statement', NEW.statement, 'rate_quantity', CASE WHEN NEW.rate_quantity IS NULL THEN NULL ELSE printf('%s%d.%04d', CASE WHEN NEW.rate_quantity < 0 THEN '-' ELSE '' END, abs(NEW.rate_quantity) / 10000, abs(NEW.rate_quantity) % 10000) END, 'rate_per_pounds', CASE WHEN NEW.rate_per_pounds IS NULL THEN NULL ELSE printf('%s%d.%02d', CASE WHEN NEW.rate_per_pounds < 0 THEN '-' ELSE '' END, abs(NEW.rate_per_pounds) / 100, abs(NEW.rate_per_pounds) % 100) END, 'cost', CASE WHEN NEW.cost IS NULL THEN NULL ELSE printf('%s%d.%02d', CASE WHEN NEW.cost < 0 THEN '-' ELSE '' END, abs(NEW.cost) / 100, abs(NEW.cost) % 100) END, 'project', NEW.project)); END

CREATE TRIGGER contract_spend_undeleted BEFORE DELETE ON contract_spend BEGIN SELECT RAISE(ABORT, 'Nothing is deleted from this database: mark the row as deleted'); END

CREATE TRIGGER contract_spend_unreplaced BEFORE INSERT ON contract_spend WHEN EXISTS (SELECT 1 FROM contract_spend WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'A row with this number is already there and is not replaced'); END

CREATE TRIGGER contract_spend_first BEFORE INSERT ON contract_spend WHEN NEW.version <> 1 OR NEW.deleted BEGIN SELECT RAISE(ABORT, 'A new row has version 1 and is not deleted'); END

CREATE TRIGGER contract_spend_signed BEFORE UPDATE ON contract_spend WHEN NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'A row is changed with a new change and the next version only'); END

CREATE TRIGGER contract_spend_added AFTER INSERT ON contract_spend BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'contract_spend', NEW.id, NEW.contract_id, 'added', '{}', json_object('id', NEW.id, 'version', NEW.version, 'deleted', json(CASE WHEN NEW.deleted THEN 'true' ELSE 'false' END), 'contract_id', NEW.contract_id, 'year_index', NEW.year_index, 'is_recorded', json(CASE WHEN NEW.is_recorded THEN 'true' ELSE 'false' END), 'amount', CASE WHEN NEW.amount IS NULL THEN NULL ELSE printf('%s%d.%02d', CASE WHEN NEW.amount < 0 THEN '-' ELSE '' END, abs(NEW.amount) / 100, abs(NEW.amount) % 100) END)); END

CREATE TRIGGER contract_spend_changed AFTER UPDATE ON contract_spend BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'contract_spend', NEW.id, NEW.contract_id, CASE WHEN NEW.deleted = OLD.deleted THEN 'changed' WHEN NEW.deleted THEN 'deleted' ELSE 'restored' END, json_object('id', OLD.id, 'version', OLD.version, 'deleted', json(CASE WHEN OLD.deleted THEN 'true' ELSE 'false' END), 'contract_id', OLD.contract_id, 'year_index', OLD.year_index, 'is_recorded', json(CASE WHEN OLD.is_recorded THEN 'true' ELSE 'false' END), 'amount', CASE WHEN OLD.amount IS NULL THEN NULL ELSE printf('%s%d.%02d', CASE WHEN OLD.amount < 0 THEN '-' ELSE '' END, abs(OLD.amount) / 100, abs(OLD.amount) % 100) END), json_object('id', NEW.id, 'version', NEW.version, 'deleted', json(CASE WHEN NEW.deleted THEN 'true' ELSE 'false' END), 'contract_id', NEW.contract_id, 'year_index', NEW.year_index, 'is_recorded', json(CASE WHEN NEW.is_recorded THEN 'true' ELSE 'false' END), 'amount', CASE WHEN NEW.amount IS NULL THEN NULL ELSE printf('%s%d.%02d', CASE WHEN NEW.amount < 0 THEN '-' ELSE '' END, abs(NEW.amount) / 100, abs(NEW.amount) % 100) END)); END

CREATE TRIGGER commitment_year_undeleted BEFORE DELETE ON commitment_year BEGIN SELECT RAISE(ABORT, 'Nothing is deleted from this database: mark the row as deleted'); END

CREATE TRIGGER commitment_year_unreplaced BEFORE INSERT ON commitment_year WHEN EXISTS (SELECT 1 FROM commitment_year WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'A row with this number is already there and is not replaced'); END

CREATE TRIGGER commitment_year_first BEFORE INSERT ON commitment_year WHEN NEW.version <> 1 OR NEW.deleted BEGIN SELECT RAISE(ABORT, 'A new row has version 1 and is not deleted'); END

CREATE TRIGGER commitment_year_signed BEFORE UPDATE ON commitment_year WHEN NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'A row is changed with a new change and the next version only'); END

CREATE TRIGGER commitment_year_added AFTER INSERT ON commitment_year BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'commitment_year', NEW.id, (SELECT contract_id FROM commitment WHERE id = NEW.commitment_id), 'added', '{}', json_object('id', NEW.id, 'version', NEW.version, 'deleted', json(CASE WHEN NEW.deleted THEN 'true' ELSE 'false' END), 'commitment_id', NEW.commitment_id, 'year_index', NEW.year_index, 'quantity', CASE WHEN NEW.quantity IS NULL THEN NULL ELSE printf('%s%d.%04d', CASE WHEN NEW.quantity < 0 THEN '-' ELSE '' END, abs(NEW.quantity) / 10000, abs(NEW.quantity) % 10000) END)); END

CREATE TRIGGER commitment_year_changed AFTER UPDATE ON commitment_year BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'commitment_year', NEW.id, (SELECT contract_id FROM commitment WHERE id = NEW.commitment_id), CASE WHEN NEW.deleted = OLD.deleted THEN 'changed' WHEN NEW.deleted THEN 'deleted' ELSE 'restored' END, json_object('id', OLD.id, 'version', OLD.version, 'deleted', json(CASE WHEN OLD.deleted THEN 'true' ELSE 'false' END), 'commitment_id', OLD.commitment_id, 'year_index', OLD.year_index, 'quantity', CASE WHEN OLD.quantity IS NULL THEN NULL ELSE printf('%s%d.%04d', CASE WHEN OLD.quantity < 0 THEN '-' ELSE '' END, abs(OLD.quantity) / 10000, abs(OLD.quantity) % 10000) END), json_object('id', NEW.id, 'version', NEW.version, 'deleted', json(CASE WHEN NEW.deleted THEN 'true' ELSE 'false' END), 'commitment_id', NEW.commitment_id, 'year_index', NEW.year_index, 'quantity', CASE WHEN NEW.quantity IS NULL THEN NULL ELSE printf('%s%d.%04d', CASE WHEN NEW.quantity < 0 THEN '-' ELSE '' END, abs(NEW.quantity) / 10000, abs(NEW.quantity) % 10000) END)); END

CREATE TRIGGER area_undeleted BEFORE DELETE ON area BEGIN SELECT RAISE(ABORT, 'Nothing is deleted from this database: mark the row as deleted'); END

CREATE TRIGGER area_unreplaced BEFORE INSERT ON area WHEN EXISTS (SELECT 1 FROM area WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'A row with this number is already there and is not replaced'); END

CREATE TRIGGER area_unchanged BEFORE UPDATE ON area BEGIN SELECT RAISE(ABORT, 'This row is kept for ever and cannot be changed'); END

CREATE TRIGGER area_added AFTER INSERT ON area BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'area', NEW.id, NULL, 'added', '{}', json_object('id', NEW.id, 'content_sha256', NEW.content_sha256, 'code', NEW.code)); END

CREATE TRIGGER edition_undeleted BEFORE DELETE ON edition BEGIN SELECT RAISE(ABORT, 'Nothing is deleted from this database: mark the row as deleted'); END

CREATE TRIGGER edition_unreplaced BEFORE INSERT ON edition WHEN EXISTS (SELECT 1 FROM edition WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'A row with this number is already there and is not replaced'); END

CREATE TRIGGER edition_unchanged BEFORE UPDATE ON edition BEGIN SELECT RAISE(ABORT, 'This row is kept for ever and cannot be changed'); END

CREATE TRIGGER edition_added AFTER INSERT ON edition BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'edition', NEW.id, NULL, 'added', '{}', json_object('id', NEW.id, 'content_sha256', NEW.content_sha256, 'code', NEW.code, 'edition', NEW.edition, 'sha256', NEW.sha256, 'title', NEW.title)); END

CREATE TRIGGER logo_undeleted BEFORE DELETE ON logo BEGIN SELECT RAISE(ABORT, 'Nothing is deleted from this database: mark the row as deleted'); END

CREATE TRIGGER logo_unreplaced BEFORE INSERT ON logo WHEN EXISTS (SELECT 1 FROM logo WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'A row with this number is already there and is not replaced'); END

CREATE TRIGGER logo_unchanged BEFORE UPDATE ON logo BEGIN SELECT RAISE(ABORT, 'This row is kept for ever and cannot be changed'); END

CREATE TRIGGER logo_added AFTER INSERT ON logo BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'logo', NEW.id, NULL, 'added', '{}', json_object('id', NEW.id, 'content_sha256', NEW.content_sha256)); END

CREATE TRIGGER frozen_valuation_undeleted BEFORE DELETE ON frozen_valuation BEGIN SELECT RAISE(ABORT, 'Nothing is deleted from this database: mark the row as deleted'); END

CREATE TRIGGER frozen_valuation_unreplaced BEFORE INSERT ON frozen_valuation WHEN EXISTS (SELECT 1 FROM frozen_valuation WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'A row with this number is already there and is not replaced'); END

CREATE TRIGGER frozen_valuation_unchanged BEFORE UPDATE ON frozen_valuation BEGIN SELECT RAISE(ABORT, 'This row is kept for ever and cannot be changed'); END

CREATE TRIGGER frozen_valuation_added AFTER INSERT ON frozen_valuation BEGIN INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) VALUES (NEW.change_id, 'frozen_valuation', NEW.id, NEW.contract_id, 'added', '{}', json_object('id', NEW.id, 'content_sha256', NEW.content_sha256, 'contract_id', NEW.contract_id, 'kind', NEW.kind, 'sha256', NEW.sha256, 'reason', NEW.reason)); END

CREATE TRIGGER change_undeleted BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'Nothing is deleted from this database: mark the row as deleted'); END

CREATE TRIGGER change_unreplaced BEFORE INSERT ON change WHEN EXISTS (SELECT 1 FROM change WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'A row with this number is already there and is not replaced'); END

CREATE TRIGGER change_unchanged BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'This row is kept for ever and cannot be changed'); END

CREATE TRIGGER history_undeleted BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'Nothing is deleted from this database: mark the row as deleted'); END

CREATE TRIGGER history_unreplaced BEFORE INSERT ON history WHEN EXISTS (SELECT 1 FROM history WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'A row with this number is already there and is not replaced'); END

CREATE TRIGGER history_unchanged BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'This row is kept for ever and cannot be changed'); END

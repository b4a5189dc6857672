-- Two roles, which the users of the portal's two services are members of: keycode_desk may erase.
DO $$ BEGIN
    IF to_regrole('keycode_portal') IS NULL THEN CREATE ROLE keycode_portal NOLOGIN; END IF;
    IF to_regrole('keycode_desk') IS NULL THEN CREATE ROLE keycode_desk NOLOGIN; END IF;
END $$;

-- What people typed is never a key: keys of look-ups are SHA-256 of folded texts, bodies are JSON
-- (in text: jsonb has no \u0000, and a mac needs the bytes).
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE version (number integer PRIMARY KEY, at timestamptz NOT NULL DEFAULT now());

CREATE TABLE systems (
    equipment_id text COLLATE "C" PRIMARY KEY,
    body text NOT NULL,
    mac text NOT NULL
);

-- Personal data lie apart, so that the mac survives when they are erased.
CREATE TABLE orders (
    equipment_id text COLLATE "C" NOT NULL REFERENCES systems,
    sequence integer NOT NULL,
    draft text NOT NULL,
    number text COLLATE "C" NOT NULL,
    company text NOT NULL,
    kind text NOT NULL,
    placed_at timestamptz NOT NULL,
    reference text NOT NULL,
    body text NOT NULL,
    mac text NOT NULL,
    licensee text,
    personal text,
    PRIMARY KEY (equipment_id, sequence),
    UNIQUE (equipment_id, draft)
);
CREATE INDEX orders_by_date ON orders (placed_at, number);
CREATE INDEX orders_by_company ON orders (company, placed_at, number);
CREATE INDEX orders_by_reference ON orders (reference, placed_at, number);
CREATE INDEX orders_by_licensee ON orders USING gin (licensee gin_trgm_ops);

CREATE TABLE proofs (
    equipment_id text COLLATE "C" NOT NULL,
    sequence integer NOT NULL,
    proof text NOT NULL,
    PRIMARY KEY (equipment_id, sequence),
    FOREIGN KEY (equipment_id, sequence) REFERENCES orders
);

CREATE TABLE keycodes (
    keycode text NOT NULL,
    equipment_id text COLLATE "C" NOT NULL,
    sequence integer NOT NULL,
    PRIMARY KEY (keycode, equipment_id, sequence),
    FOREIGN KEY (equipment_id, sequence) REFERENCES orders
);

CREATE TABLE companies (name text PRIMARY KEY, body text NOT NULL);
CREATE TABLE users (name text PRIMARY KEY, company text NOT NULL, body text NOT NULL);
CREATE INDEX users_by_company ON users (company);
CREATE TABLE nobody (name text PRIMARY KEY, body text NOT NULL);
CREATE TABLE drafts (
    owner text NOT NULL,
    draft text NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (owner, draft)
);
CREATE TABLE ssh_keys (fingerprint text PRIMARY KEY, body text NOT NULL);

CREATE TABLE catalogue (
    product text NOT NULL,
    since timestamptz NOT NULL,
    body bytea NOT NULL,
    change bigserial,
    PRIMARY KEY (product, since)
);
CREATE TABLE withdrawn_keys (number integer PRIMARY KEY);
CREATE TABLE meta (name text PRIMARY KEY, value text NOT NULL);

-- One chain a lane: the system's for orders, else that of who acts.
CREATE TABLE audit (
    id bigserial PRIMARY KEY,
    lane text NOT NULL,
    n integer NOT NULL,
    at timestamptz NOT NULL,
    line text NOT NULL,
    mac text NOT NULL,
    UNIQUE (lane, n)
);
CREATE INDEX audit_by_mac ON audit USING hash (mac);
-- The audit log of a store that was copied here, word for word.
CREATE TABLE former_audit (
    name text NOT NULL,
    part integer NOT NULL,
    data bytea NOT NULL,
    PRIMARY KEY (name, part)
);

GRANT USAGE ON SCHEMA public TO keycode_portal, keycode_desk;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO keycode_portal, keycode_desk;
GRANT INSERT ON systems, orders, proofs, keycodes, companies, users, nobody, drafts, ssh_keys,
    catalogue, withdrawn_keys, meta, audit TO keycode_portal, keycode_desk;
GRANT UPDATE ON systems, companies, users, nobody, drafts, catalogue, meta
    TO keycode_portal, keycode_desk;
GRANT DELETE ON drafts, ssh_keys TO keycode_portal, keycode_desk;
-- Erasing is the desk's alone; orders and lines are changed by nobody.
GRANT UPDATE (licensee, personal) ON orders TO keycode_desk;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO keycode_portal, keycode_desk;

INSERT INTO version (number) VALUES (1);

-- Baseline of the "{{ .Values.mysql.auth.database }}" database. Later changes are migrations, in the service's image.

CREATE TABLE IF NOT EXISTS users (
  id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  handle        VARCHAR(32)     NOT NULL,
  email         VARCHAR(254)    NOT NULL,
  password_hash VARCHAR(255)    NOT NULL,
  display_name  VARCHAR(80)     NOT NULL,
  avatar_key    VARCHAR(255)        NULL,
  locale        VARCHAR(16)     NOT NULL DEFAULT 'en',
  status        ENUM('pending', 'active', 'suspended', 'deleted') NOT NULL DEFAULT 'pending',
  created_at    DATETIME(3)     NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  updated_at    DATETIME(3)     NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id),
  UNIQUE KEY users_handle (handle),
  UNIQUE KEY users_email (email)
);

CREATE TABLE IF NOT EXISTS contacts (
  user_id    BIGINT UNSIGNED NOT NULL,
  contact_id BIGINT UNSIGNED NOT NULL,
  state      ENUM('requested', 'accepted', 'blocked') NOT NULL,
  created_at DATETIME(3)     NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (user_id, contact_id),
  KEY contacts_contact (contact_id),
  CONSTRAINT contacts_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
  CONSTRAINT contacts_contact FOREIGN KEY (contact_id) REFERENCES users (id) ON DELETE CASCADE
);

-- One row a signed-in device. Only a hash of the refresh token is kept.
CREATE TABLE IF NOT EXISTS sessions (
  id           CHAR(36)        NOT NULL,
  user_id      BIGINT UNSIGNED NOT NULL,
  refresh_hash BINARY(32)      NOT NULL,
  device       VARCHAR(120)    NOT NULL,
  expires_at   DATETIME(3)     NOT NULL,
  created_at   DATETIME(3)     NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id),
  UNIQUE KEY sessions_refresh (refresh_hash),
  KEY sessions_user (user_id),
  KEY sessions_expiry (expires_at),
  CONSTRAINT sessions_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

{{ include "service-base.outbox.table" . }}

-- Baseline of the "{{ .Values.mysql.auth.database }}" database.
-- Users are known by their number only: their table is another service's.

CREATE TABLE IF NOT EXISTS rooms (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  kind         ENUM('direct', 'group', 'channel') NOT NULL,
  name         VARCHAR(120)        NULL,
  topic        VARCHAR(500)    NOT NULL DEFAULT '',
  visibility   ENUM('public', 'private') NOT NULL DEFAULT 'private',
  owner_id     BIGINT UNSIGNED NOT NULL,
  member_count INT UNSIGNED    NOT NULL DEFAULT 0,
  archived_at  DATETIME(3)         NULL,
  created_at   DATETIME(3)     NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id),
  KEY rooms_owner (owner_id),
  KEY rooms_directory (visibility, kind, member_count)
);

-- A direct room exists once for a pair, the smaller user id first.
CREATE TABLE IF NOT EXISTS direct_rooms (
  low_user_id  BIGINT UNSIGNED NOT NULL,
  high_user_id BIGINT UNSIGNED NOT NULL,
  room_id      BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (low_user_id, high_user_id),
  CONSTRAINT direct_rooms_order CHECK (low_user_id < high_user_id),
  CONSTRAINT direct_rooms_room FOREIGN KEY (room_id) REFERENCES rooms (id) ON DELETE CASCADE
);

CREATE TABLE IF NOT EXISTS members (
  room_id           BIGINT UNSIGNED NOT NULL,
  user_id           BIGINT UNSIGNED NOT NULL,
  role              ENUM('owner', 'admin', 'moderator', 'member', 'guest') NOT NULL DEFAULT 'member',
  muted_until       DATETIME(3)         NULL,
  last_read_message CHAR(24)            NULL,
  joined_at         DATETIME(3)     NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (room_id, user_id),
  KEY members_user (user_id, joined_at),
  CONSTRAINT members_room FOREIGN KEY (room_id) REFERENCES rooms (id) ON DELETE CASCADE
);

CREATE TABLE IF NOT EXISTS invitations (
  code       CHAR(22)        NOT NULL,
  room_id    BIGINT UNSIGNED NOT NULL,
  created_by BIGINT UNSIGNED NOT NULL,
  uses_left  INT UNSIGNED    NOT NULL DEFAULT 1,
  expires_at DATETIME(3)     NOT NULL,
  PRIMARY KEY (code),
  KEY invitations_room (room_id),
  CONSTRAINT invitations_room FOREIGN KEY (room_id) REFERENCES rooms (id) ON DELETE CASCADE
);

{{ include "service-base.outbox.table" . }}

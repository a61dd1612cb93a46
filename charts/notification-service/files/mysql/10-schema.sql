-- Baseline of the "{{ .Values.mysql.auth.database }}" database.

CREATE TABLE IF NOT EXISTS devices (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  user_id    BIGINT UNSIGNED NOT NULL,
  platform   ENUM('android', 'ios', 'web') NOT NULL,
  push_token VARBINARY(512)  NOT NULL,
  token_hash BINARY(32)      NOT NULL,
  last_seen  DATETIME(3)     NOT NULL,
  created_at DATETIME(3)     NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id),
  UNIQUE KEY devices_token (token_hash),
  KEY devices_user (user_id)
);

-- No row means the default: everything by push, mentions also by mail.
CREATE TABLE IF NOT EXISTS preferences (
  user_id     BIGINT UNSIGNED NOT NULL,
  room_id     BIGINT UNSIGNED NOT NULL DEFAULT 0,
  channel     ENUM('push', 'mail', 'inbox') NOT NULL,
  level       ENUM('all', 'mentions', 'none') NOT NULL,
  quiet_from  TIME                NULL,
  quiet_until TIME                NULL,
  time_zone   VARCHAR(40)     NOT NULL DEFAULT 'UTC',
  PRIMARY KEY (user_id, room_id, channel)
);

CREATE TABLE IF NOT EXISTS notifications (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  user_id    BIGINT UNSIGNED NOT NULL,
  kind       VARCHAR(40)     NOT NULL,
  event_id   CHAR(36)        NOT NULL,
  body       JSON            NOT NULL,
  read_at    DATETIME(3)         NULL,
  created_at DATETIME(3)     NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id),
  UNIQUE KEY notifications_once (user_id, event_id),
  KEY notifications_inbox (user_id, id DESC)
);

CREATE TABLE IF NOT EXISTS deliveries (
  notification_id BIGINT UNSIGNED NOT NULL,
  channel         ENUM('push', 'mail', 'inbox') NOT NULL,
  state           ENUM('waiting', 'sent', 'failed', 'suppressed') NOT NULL DEFAULT 'waiting',
  attempts        TINYINT UNSIGNED NOT NULL DEFAULT 0,
  next_attempt    DATETIME(3)         NULL,
  error           VARCHAR(255)        NULL,
  PRIMARY KEY (notification_id, channel),
  KEY deliveries_due (state, next_attempt),
  CONSTRAINT deliveries_notification FOREIGN KEY (notification_id) REFERENCES notifications (id) ON DELETE CASCADE
);

{{ include "service-base.outbox.table" . }}

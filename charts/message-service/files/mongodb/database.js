// Accounts, collections and indexes of the service. Runs against the replica set, as often as it likes.
const { MONGODB_DATABASE, MONGODB_USER, MONGODB_PASSWORD, DEBEZIUM_PASSWORD, OUTBOX, RETENTION_DAYS } = process.env;
const admin = db.getSiblingDB('admin');
const chat = db.getSiblingDB(MONGODB_DATABASE);

function account(user, pwd, roles) {
  if (admin.getUser(user)) admin.updateUser(user, { pwd, roles });
  else admin.createUser({ user, pwd, roles });
}

function collection(name, validator) {
  if (!chat.getCollectionNames().includes(name)) chat.createCollection(name);
  chat.runCommand({ collMod: name, validator: { $jsonSchema: validator }, validationLevel: 'moderate' });
  return chat.getCollection(name);
}

account(MONGODB_USER, MONGODB_PASSWORD, [{ role: 'readWrite', db: MONGODB_DATABASE }]);
account('debezium', DEBEZIUM_PASSWORD, [
  { role: 'read', db: MONGODB_DATABASE },
  { role: 'read', db: 'local' },
  { role: 'clusterMonitor', db: 'admin' },
]);

const messages = collection('messages', {
  bsonType: 'object',
  required: ['room_id', 'author_id', 'kind', 'created_at'],
  properties: {
    room_id: { bsonType: 'long' },
    author_id: { bsonType: 'long' },
    kind: { enum: ['text', 'file', 'system'] },
    text: { bsonType: 'string', maxLength: 8000 },
    reply_to: { bsonType: 'objectId' },
    attachments: { bsonType: 'array', maxItems: 10 },
    client_key: { bsonType: 'string' },
    edited_at: { bsonType: 'date' },
    removed_at: { bsonType: 'date' },
    created_at: { bsonType: 'date' },
  },
});
messages.createIndex({ room_id: 1, _id: -1 }, { name: 'room_page' });
messages.createIndex({ reply_to: 1, _id: 1 }, { name: 'thread', sparse: true });
// a client that sends again after a lost answer must not write twice
messages.createIndex(
  { author_id: 1, client_key: 1 },
  { name: 'client_key', unique: true, partialFilterExpression: { client_key: { $type: 'string' } } });
if (Number(RETENTION_DAYS) > 0) {
  messages.createIndex({ created_at: 1 }, { name: 'retention', expireAfterSeconds: Number(RETENTION_DAYS) * 86400 });
}

const reactions = collection('reactions', {
  bsonType: 'object',
  required: ['message_id', 'user_id', 'emoji'],
  properties: {
    message_id: { bsonType: 'objectId' },
    user_id: { bsonType: 'long' },
    emoji: { bsonType: 'string', maxLength: 32 },
  },
});
reactions.createIndex({ message_id: 1, user_id: 1, emoji: 1 }, { name: 'once', unique: true });

// The outbox: written in the transaction of the change itself, read by Debezium, gone after a day.
const outbox = collection(OUTBOX, {
  bsonType: 'object',
  required: ['aggregate_type', 'aggregate_id', 'event_type', 'payload', 'created_at'],
  properties: {
    aggregate_type: { bsonType: 'string' },
    aggregate_id: { bsonType: 'string' },
    event_type: { bsonType: 'string' },
    payload: { bsonType: ['object', 'string'] },
    created_at: { bsonType: 'date' },
  },
});
outbox.createIndex({ created_at: 1 }, { name: 'purge', expireAfterSeconds: 86400 });

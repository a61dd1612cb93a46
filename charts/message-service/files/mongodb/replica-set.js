// Makes the members one replica set. Runs against the first member alone; nothing happens where the set exists.
const members = process.env.MONGODB_HOSTS.split(',').map((host, _id) => ({ _id, host }));
try {
  rs.status();
} catch (error) {
  if (error.codeName !== 'NotYetInitialized') throw error;
  rs.initiate({ _id: process.env.MONGODB_REPLICA_SET, members });
}
while (!db.hello().isWritablePrimary && !db.hello().primary) sleep(1000);

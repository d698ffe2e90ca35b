import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Tally } from '../tally';

test('what_was_sent_waits_until_the_server_counts_it', () => {
  const tally = new Tally();
  tally.sent(0, false);
  assert.equal(tally.waits, false, 'an answer to the greeting without work is not waited for');
  tally.sent(5, true);
  tally.sent(9, true);
  assert.equal(tally.durable(1), false);
  assert.equal(tally.durable(2), true);
  assert.equal(tally.waits, true);
  assert.equal(tally.durableClock, 5);
  assert.equal(tally.durable(3), true);
  assert.equal(tally.waits, false);
  assert.equal(tally.durableClock, 9);
});

test('a_count_that_cannot_be_is_not_believed', () => {
  const tally = new Tally();
  tally.sent(5, true);
  assert.equal(tally.durable(0), false);
  assert.equal(tally.durable(40), true);
  tally.sent(7, true);
  assert.equal(tally.durable(1), false, 'a count that runs back');
  assert.equal(tally.waits, true);
  assert.equal(tally.durable(2), true);
});

test('a_new_connection_counts_from_nothing_and_keeps_what_was_durable', () => {
  const tally = new Tally();
  tally.sent(5, true);
  tally.durable(1);
  tally.sent(8, true);
  tally.restart();
  assert.equal(tally.waits, false);
  assert.equal(tally.durableClock, 5);
  tally.sent(8, true);
  tally.durable(1);
  assert.equal(tally.durableClock, 8);
});

// The page of a case and what belongs to it: what waits, notes, history, timeline, subjects, notices.
import { expect, test } from './fixtures';
import { unique } from './invented';
import { judge, judgeInBoth, judgePage } from './judge';
import { DENNIS, HANNEKE, JOOST, SAMIRA, visit } from './people';
import { WORK, greenhouses } from './plans';

test('notes are written without JavaScript, changed by keyboard, withdrawn, and kept', async ({ person, quiet }) => {
  quiet.intends(422);
  quiet.intends(409);
  const joost = await person(JOOST);
  const path = await greenhouses(joost);
  const words = unique('Gebeld');
  const dennis = await person(DENNIS, { javaScriptEnabled: false });
  await visit(dennis, `${path}/notities`, WORK);
  await dennis.getByRole('button', { name: 'Notitie opslaan' }).click();
  await expect(dennis.getByRole('alert')).toContainText('Notitie');
  await dennis.getByRole('textbox', { name: 'Notitie' }).fill(`${words}.\n\nMorgen weer.`);
  await dennis.getByRole('button', { name: 'Notitie opslaan' }).click();
  await expect(dennis.getByRole('status')).toContainText('De notitie is opgeslagen.');

  await visit(joost, path, WORK);
  await expect(joost.getByRole('main')).toContainText(words);
  await visit(joost, `${path}/notities`, WORK);
  await joost.getByRole('button', { name: 'Notitie opslaan' }).click();
  await expect(joost.getByRole('alert')).toContainText('Notitie');
  await judge(joost, 'an empty note');
  await visit(joost, `${path}/notities`, WORK);
  const other = joost.getByRole('listitem').filter({ hasText: words });
  await expect(other.getByRole('link')).toHaveCount(0);
  await judgeInBoth(joost);

  // With the keyboard alone; what it said before stays.
  const own = await person(DENNIS);
  await visit(own, `${path}/notities`, WORK);
  await own.getByRole('listitem').filter({ hasText: words }).getByRole('link').focus();
  await own.keyboard.press('Enter');
  await expect(own).toHaveURL(/\/notities\/[0-9a-f-]{36}$/);
  const note = new URL(own.url()).pathname;
  await own.getByRole('textbox', { name: 'Notitie' }).focus();
  await own.keyboard.press('ControlOrMeta+A');
  await own.keyboard.type(`${words}, en teruggebeld.`);
  await own.keyboard.press('Tab');
  await own.keyboard.press('Enter');
  await expect(own.getByRole('status')).toContainText('De notitie is gewijzigd.');
  await own.goto(note);
  await expect(own.getByRole('main')).toContainText('Morgen weer.');
  await judgeInBoth(own, note);
  await own.getByRole('button', { name: 'Notitie intrekken' }).click();
  await expect(own.getByRole('main')).toContainText('door de schrijver ingetrokken');
  await visit(joost, note, WORK);
  await expect(joost.getByRole('main')).toContainText('en teruggebeld');
  await visit(joost, `${path}/notities/afdrukken`, WORK);
  await expect(joost.getByRole('main')).toContainText('Afgedrukt door');
  await judge(joost, 'notes on paper');
  await visit(joost, `${path}/geschiedenis`, WORK);
  await expect(joost.getByRole('main')).toContainText(`${DENNIS} (Toezicht en handhaving) trok een eigen notitie in.`);
});

test('a timeline is a picture that fits, with the same as a table', async ({ person }) => {
  const joost = await person(JOOST);
  const path = await greenhouses(joost);
  await visit(joost, `${path}/tijdlijn`, WORK);
  const picture = joost.getByRole('img', { name: /^Tijdlijn van casus/ });
  await expect(picture).toHaveCount(1);
  await expect(joost.getByRole('table', { name: 'Gebeurtenissen, oudste eerst' })).toContainText('Casus geopend');
  const wide = await picture.boundingBox();
  await joost.setViewportSize({ width: 390, height: 844 });
  await expect(picture).toHaveCount(1);
  const narrow = await picture.boundingBox();
  expect(wide?.width).toBeGreaterThan(700);
  expect(narrow?.width).toBeLessThanOrEqual(390);
  await joost.setViewportSize({ width: 1280, height: 900 });
  await judgeInBoth(joost);
  await judgePage(joost, `${path}/geschiedenis`);
});

test('subjects are judged by one and undone by another', async ({ person }) => {
  const samira = await person(SAMIRA);
  await visit(samira, '/casussen');
  const path = (await samira.getByRole('link', { name: 'C-2026-0001' }).getAttribute('href')) ?? '';
  await visit(samira, path, WORK);
  const card = samira.getByRole('article', { name: /^Gezien in/ }).filter({ hasText: 'Nog niet beoordeeld' }).first();
  const title = (await card.getByRole('heading').textContent()) ?? '';
  await card.getByRole('button', { name: /^Dezelfde/ }).click();
  await expect(samira.getByRole('status')).toContainText('Uw oordeel is vastgelegd.');
  const judged = samira.getByRole('article', { name: title });
  await expect(judged).toContainText(`Dezelfde, volgens ${SAMIRA}`);
  await judged.getByRole('button', { name: /^Nog niet duidelijk/ }).click();
  await expect(samira.getByRole('status')).toContainText('Uw oordeel is vastgelegd.');
  await expect(judged).toContainText(`Nog niet duidelijk, volgens ${SAMIRA}`);
  await judged.getByRole('button', { name: /^Oordeel ongedaan maken/ }).click();
  await expect(samira.getByRole('status')).toContainText('ongedaan gemaakt');
  await expect(judged).toContainText(`Dezelfde, volgens ${SAMIRA}`);
  await judgeInBoth(samira, path);
});

test('notices are counted, lead somewhere and are marked as read', async ({ person }) => {
  const dennis = await person(DENNIS);
  await judgeInBoth(dennis, '/meldingen');
  await expect(dennis.getByRole('table', { name: 'Meldingen, nieuwste eerst' }).getByRole('link').first()).toBeVisible();
  const hanneke = await person(HANNEKE, { javaScriptEnabled: false });
  const menu = hanneke.getByRole('navigation', { name: 'Hoofdmenu' });
  const link = menu.getByRole('link', { name: /^Meldingen/ });
  await expect(link).toHaveAccessibleName(/\(\d+ ongelezen\)$/);
  await link.click();
  const news = hanneke.getByRole('button', { name: /^Gelezen ?: / });
  await expect(news.first()).toBeVisible();
  const before = await news.count();
  expect(before).toBeGreaterThan(0);
  await news.first().click();
  await expect(news).toHaveCount(before - 1);
  await hanneke.getByRole('button', { name: 'Alles gelezen' }).click();
  await expect(news).toHaveCount(0);
  await expect(link).toHaveAccessibleName('Meldingen');
});

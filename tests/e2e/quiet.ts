// Nothing may be said in the console, but for the browser's own line about an answer that the test means to get.
import type { BrowserContext, ConsoleMessage } from '@playwright/test';

/** What a browser says when the network or the server is away. */
const AWAY = /net::ERR_(INTERNET_DISCONNECTED|CONNECTION_(REFUSED|RESET|CLOSED)|EMPTY_RESPONSE)|closed before (receiving a handshake response|the connection is established)/;

/** Listens to the consoles of all pages. */
export class Quiet {
  private readonly heard: string[] = [];
  private readonly intended = new Set<number>();
  private offline = false;

  /** These statuses are what the test is after. (403 is how the prompt for a purpose comes.) */
  intends(...statuses: number[]): void {
    statuses.forEach(status => this.intended.add(status));
  }

  /** The test takes the network away: that connections fail then is what it is after. */
  goesOffline(): void {
    this.offline = true;
  }

  listenTo(context: BrowserContext, who: string): void {
    context.on('console', message => {
      if (!this.isIntended(message)) this.heard.push(`${who}: ${message.type()} ${message.text()} (${message.location().url})`);
    });
    context.on('weberror', problem => this.heard.push(`${who}: ${problem.error()}`));
    context.on('dialog', dialog => {
      this.heard.push(`${who}: a dialog, ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  /** All that was heard and should not have been. */
  complaints(): string[] {
    return this.heard;
  }

  private isIntended(message: ConsoleMessage): boolean {
    if (this.offline && AWAY.test(message.text())) return true;
    const told = /^Failed to load resource: the server responded with a status of ([45]\d\d) /.exec(message.text());
    return message.type() === 'error' && told !== null && this.intended.has(Number(told[1]));
  }
}

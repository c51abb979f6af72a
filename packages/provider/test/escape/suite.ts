/** Tries every attempt in a driver, one after the other, and says what came of each. */
import type { Driver } from '../../src/drivers/driver.ts';
import { type Attempt, attempts, type Outcome } from './attempts.ts';
import { bombs } from './bombs.ts';
import { programOf } from './elf.ts';
import { type Host, prepareStage, type StageOptions } from './stage.ts';

export interface Row extends Outcome {
  readonly driver: string;
  readonly after: string;
  readonly name: string;
}

export const allAttempts: readonly Attempt[] = [...attempts, ...bombs];

/** Throws where the attacks could not even be tried: then nothing was shown. */
export async function tryEscapes(
  host: Host,
  driver: Driver,
  options: StageOptions & { readonly label: string; readonly onRow: (row: Row) => void },
): Promise<readonly Row[]> {
  await using stage = await prepareStage(host, driver, options);
  // getpid: natives run here, so that those refused were refused.
  const control = await stage.attack(
    `return native('${programOf([{ number: 39, args: [] }]).toString('base64')}')`,
  );
  if (control !== 'worked') throw new Error(`the attacks don't run here: ${control}`);
  const rows: Row[] = [];
  for (const attempt of allAttempts) {
    const outcome = await attempt.run(stage);
    const isWell = outcome.escaped || (host.isUntouched() && (await stage.isVictimWell()));
    const row = { driver: options.label, after: attempt.after, name: attempt.name, ...outcome };
    const seen = isWell ? row : { ...row, escaped: true, got: `the victim or the host was hurt; ${row.got}` };
    rows.push(seen);
    options.onRow(seen);
  }
  return rows;
}

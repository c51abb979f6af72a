import { expect, test } from 'vitest';
import { asOutOfRoom, isOutOfCapacity, startFailed } from './faults.ts';

const coded = (code: string) => Object.assign(new Error('no'), { code });

test('want of disk or memory is told from other faults, also where it is a cause', () => {
  for (const [code, fault] of [
    ['ENOSPC', 'driver.disk-full'],
    ['EDQUOT', 'driver.disk-full'],
    ['ENOMEM', 'driver.no-memory'],
  ] as const)
    for (const error of [coded(code), startFailed('web', coded(code))]) {
      const found = asOutOfRoom(error);
      expect(found).toMatchObject({ code: fault, retry: true });
      expect(found && isOutOfCapacity(found)).toBe(true);
    }
  for (const error of [coded('EACCES'), new Error('no'), 'no', undefined])
    expect(asOutOfRoom(error)).toBeUndefined();
});

import { describe, expect, it } from 'vitest';
import { readFrontName } from './names.ts';

describe('a stable name', () => {
  const domains = ['apps.example', 'localhost'];
  it('names a deployment, or a service of one', () => {
    expect(readFrontName('web.localhost:8480', domains)).toEqual({ name: 'web' });
    expect(readFrontName('API.web.localhost.', domains)).toEqual({ name: 'web', service: 'api' });
    expect(readFrontName('web.apps.example', domains)).toEqual({ name: 'web' });
  });

  it.each(['localhost', '127.0.0.1:8480', 'a.b.web.localhost', '.localhost', '', 'web.elsewhere'])(
    'is not %s',
    (host) => {
      expect(readFrontName(host, domains)).toBeUndefined();
    },
  );
});

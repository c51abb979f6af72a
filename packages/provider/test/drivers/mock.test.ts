import { describeDriver } from '../../src/drivers/conformance/conformance.ts';
import { createMockDriver } from '../../src/drivers/mock/mock.ts';

const facts = { runs: false, isolates: false, limitsDisk: false };

describeDriver(
  'mock',
  async () => {
    const driver = createMockDriver();
    return {
      ...facts,
      open: async () => driver,
      leftovers: async (lease) =>
        (await driver.list()).map((each) => each.lease).filter((each) => each === lease),
      searchDisk: async () => [],
      crash: async (_driver, lease, service) => driver.control.crash(lease, service, 0, 'exit code 1'),
    };
  },
  facts,
);

/** Whether a Docker engine answers here: scenarios on Docker run where one does, and say so where none does. */
import { detectDrivers } from '@souk/provider';

export async function isDockerHere(): Promise<boolean> {
  const found = await detectDrivers();
  return found.some((driver) => driver.name === 'docker' && driver.works);
}

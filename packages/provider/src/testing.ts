/** What tests of other rooms share with the drivers' own: the search for bytes that must be nowhere. */
export { formsOf, searchFolder } from './drivers/conformance/search.ts';

/**
 * What a mutant is tried by: the unit tests.
 *
 * @type {import('jest').Config}
 */
module.exports = { ...require('../../jest.unit.config.js'), rootDir: '../..' };

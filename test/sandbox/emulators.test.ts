import type { EmulatorSubject } from './emulatorSuite.ts';
import { emulatorSuite } from './emulatorSuite.ts';
import { bitrix24 } from './vendors/bitrix24/subject.ts';
import { eightByEight } from './vendors/eightByEight/subject.ts';
import { enosBpm } from './vendors/enosBpm/subject.ts';
import type { VendorName } from './vendors/index.ts';
import { unifier } from './vendors/unifier/subject.ts';

const SUBJECTS: Record<VendorName, EmulatorSubject> = { enosBpm, unifier, bitrix24, eightByEight };

for (const [name, subject] of Object.entries(SUBJECTS)) emulatorSuite(name, subject);

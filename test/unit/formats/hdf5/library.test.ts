import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Hdf5File, listDatasets } from '../../../../src-main/formats/hdf5/index.ts';
import { plainRange } from '../../../../src-main/formats/tensor-parts.ts';

const path = join(import.meta.dirname, '../../../fixtures/models/keras/new/types.h5');

describe('the HDF5 library', () => {
  it('stays sound through thousands of errors', async () => {
    const base = plainRange(path, 0, statSync(path).size);
    const file = await Hdf5File.open(base);
    try {
      for (let time = 0; time < 2500; time++) {
        expect(() => file.ask((library, id) => library.get_dataset_metadata(id, '/no'))).toThrow();
      }
      const { tensors } = listDatasets(file, base, (problem) => {
        throw new Error(problem);
      });
      expect(tensors).toHaveLength(31);
    } finally {
      file.close();
    }
  });
});

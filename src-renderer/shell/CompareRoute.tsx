import { CompareView } from '../features/compare/index.tsx';
import { ModelDiff } from '../features/models/index.tsx';

/** The comparison with its models tab filled in: features do not know each other. */
export default function CompareRoute() {
  return <CompareView ModelDiff={ModelDiff} />;
}

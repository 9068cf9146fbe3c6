-- Rollups tell from now on of which dimensions they count rare values together. Of earlier ones it is told by their having a thousand
-- values besides (other): by itself that may be the collector's name for labels that it did not admit.
INSERT INTO rum_rollup (app, grain, dimension, bucket, value, n)
SELECT app, grain, 'folded', bucket, dimension, n FROM rum_rollup AS together
WHERE value = '(other)' AND dimension <> 'folded' AND 1000 <= (
  SELECT count(*) FROM rum_rollup AS alike
  WHERE alike.app = together.app AND alike.grain = together.grain
    AND alike.dimension = together.dimension AND alike.bucket = together.bucket
)
ON CONFLICT (app, grain, dimension, bucket, value) DO NOTHING;

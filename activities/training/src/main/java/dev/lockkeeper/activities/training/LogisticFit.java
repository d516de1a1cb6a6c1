package dev.lockkeeper.activities.training;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.stage.StageException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealVector;

/**
 * Penalised maximum likelihood by Newton's method with step halving (iteratively reweighted least
 * squares; Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 4.4.1). The
 * penalty is {@code l2/2 · |slopes|²}; the intercept has none.
 */
final class LogisticFit {

  private static final double INTERCEPT_PENALTY = 1e-9;
  private static final double LEAST_CURVATURE = 1e-10;
  private static final double ROUNDING = 1e-12;
  private static final int HALVINGS = 30;

  private final TrainingTable table;
  private final Standardisation scale;
  private final double l2;
  private final int size;

  LogisticFit(TrainingTable table, Standardisation scale, double l2) {
    this.table = table;
    this.scale = scale;
    this.l2 = l2;
    this.size = table.width() + 1;
  }

  /**
   * The intercept, then the slopes.
   *
   * @param tolerance the largest change of a weight that counts as none
   */
  RealVector solve(int iterations, double tolerance) {
    RealVector weights = new ArrayRealVector(size);
    double loss = loss(weights);
    double change = Double.POSITIVE_INFINITY;
    for (int i = 0; i < iterations; i++) {
      RealVector step = step(weights);
      double next = loss(weights.add(step));
      for (int h = 0; h < HALVINGS && !(next <= loss + ROUNDING * Math.abs(loss)); h++) {
        step = step.mapMultiply(0.5);
        next = loss(weights.add(step));
      }
      weights = weights.add(step);
      loss = next;
      change = step.getLInfNorm();
      if (change < tolerance) {
        return weights;
      }
    }
    throw new StageException(
        FailureType.TRAINING_FAILED,
        "logistic-regression did not converge in "
            + iterations
            + " iterations: the last one changed a weight by "
            + change
            + ", tolerance is "
            + tolerance
            + "; raise iterations, l2 or tolerance");
  }

  private double loss(RealVector weights) {
    double[] w = weights.toArray();
    double[] x = new double[size];
    double loss = 0;
    for (int row = 0; row < table.rows(); row++) {
      scale.row(table, row, x);
      double margin = dot(w, x);
      double signed = table.labels()[row] == 1 ? -margin : margin;
      loss += Math.max(signed, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(signed)));
    }
    for (int j = 0; j < size; j++) {
      loss += penalty(j) * w[j] * w[j] / 2;
    }
    return loss;
  }

  private RealVector step(RealVector weights) {
    double[][] hessian = new double[size][size];
    double[] gradient = new double[size];
    double[] x = new double[size];
    double[] w = weights.toArray();
    for (int row = 0; row < table.rows(); row++) {
      scale.row(table, row, x);
      double p = 1 / (1 + StrictMath.exp(-dot(w, x)));
      double curvature = Math.max(p * (1 - p), LEAST_CURVATURE);
      for (int j = 0; j < size; j++) {
        gradient[j] += (table.labels()[row] - p) * x[j];
        for (int k = 0; k <= j; k++) {
          hessian[j][k] += curvature * x[j] * x[k];
        }
      }
    }
    for (int j = 0; j < size; j++) {
      gradient[j] -= penalty(j) * w[j];
      hessian[j][j] += penalty(j);
      for (int k = 0; k < j; k++) {
        hessian[k][j] = hessian[j][k];
      }
    }
    return new CholeskyDecomposition(new Array2DRowRealMatrix(hessian, false))
        .getSolver()
        .solve(new ArrayRealVector(gradient, false));
  }

  private double penalty(int weight) {
    return weight == 0 ? INTERCEPT_PENALTY : l2;
  }

  private static double dot(double[] w, double[] x) {
    double sum = 0;
    for (int j = 0; j < w.length; j++) {
      sum += w[j] * x[j];
    }
    return sum;
  }
}

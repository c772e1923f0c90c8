// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_soap_h
#define sobolev_training_soap_h

#include <sobolev/training/optimizer.h>

namespace sobolev
{
  /** Options of SOAP. */
  struct SOAPOptions
  {
    double learning_rate = 3e-3;
    double beta_1        = 0.95;
    double beta_2        = 0.95;
    double epsilon       = 1e-8;

    /** Steps between two refreshments of the bases. */
    unsigned int refresh_interval = 2;

    /** Sides of a matrix that are longer than this are not rotated. */
    unsigned int max_dimension = 2000;

    /** The learning rate grows linearly over so many steps. */
    unsigned int warm_up_steps = 0;

    /**
     * After the warm-up, it is multiplied by decay_rate in every decay_steps
     * steps, gradually; 0 for no decay.
     */
    unsigned int decay_steps = 0;
    double       decay_rate  = 0.9;
  };



  /**
   * SOAP (Vyas et al., arXiv:2409.11321), full batch: Adam in the eigenbases
   * of Shampoo. For a matrix of weights with the gradient $G$ ($m \times n$),
   * @f[
   *   M \leftarrow \beta_1 M + (1-\beta_1) G, \quad
   *   G' = Q_L^T G\, Q_R, \quad
   *   V \leftarrow \beta_2 V + (1-\beta_2)\, G' \odot G',
   * @f]
   * @f[
   *   W \leftarrow W - \eta\, Q_L
   *     \frac{Q_L^T M Q_R / (1-\beta_1^t)}
   *          {\sqrt{V / (1-\beta_2^t)} + \epsilon}\, Q_R^T ,
   * @f]
   * then $L \leftarrow \beta_2 L + (1-\beta_2) G G^T$, $R \leftarrow \beta_2 R
   * + (1-\beta_2) G^T G$ and, every few steps, $Q_L \leftarrow
   * \mathrm{qr}(L Q_L)$, $Q_R \leftarrow \mathrm{qr}(R\, Q_R)$. The first bases
   * are the eigenvectors of $G G^T$ and $G^T G$ of the first gradient, with
   * which the first step is made. Everything that is no matrix is treated by
   * Adam. TrainingProblem::parameter_groups() says what is a matrix.
   *
   * Memory on the root process, beyond three vectors, is $2 (m^2 + n^2)$
   * numbers per matrix; a step costs $O(m n (m + n))$ operations and a
   * refreshment $O(m^3 + n^3)$, which is less than a gradient with many
   * points. Needs the loss and its gradient only. Steps that are not finite
   * are treated as by Adam.
   */
  class SOAP : public Optimizer
  {
  public:
    explicit SOAP(const SOAPOptions &options = {});

    std::string name() const override;

    void minimize(const TrainingProblem &problem,
                  std::vector<double>   &theta,
                  TrainingMonitor       &monitor) const override;

  private:
    const SOAPOptions options;
  };
} // namespace sobolev

#endif

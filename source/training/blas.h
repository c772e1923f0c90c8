// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_blas_h
#define sobolev_training_blas_h

#include <deal.II/lac/lapack_templates.h>

// What deal.II does not declare.
extern "C"
{
  void dtrmm_(const char                    *side,
              const char                    *triangle,
              const char                    *transpose,
              const char                    *diagonal,
              const dealii::types::blas_int *m,
              const dealii::types::blas_int *n,
              const double                  *alpha,
              const double                  *a,
              const dealii::types::blas_int *lda,
              double                        *b,
              const dealii::types::blas_int *ldb);

  void dtrsv_(const char                    *triangle,
              const char                    *transpose,
              const char                    *diagonal,
              const dealii::types::blas_int *n,
              const double                  *a,
              const dealii::types::blas_int *lda,
              double                        *x,
              const dealii::types::blas_int *incx);

  void dger_(const dealii::types::blas_int *m,
             const dealii::types::blas_int *n,
             const double                  *alpha,
             const double                  *x,
             const dealii::types::blas_int *incx,
             const double                  *y,
             const dealii::types::blas_int *incy,
             double                        *a,
             const dealii::types::blas_int *lda);

  void dsymv_(const char                    *uplo,
              const dealii::types::blas_int *n,
              const double                  *alpha,
              const double                  *a,
              const dealii::types::blas_int *lda,
              const double                  *x,
              const dealii::types::blas_int *incx,
              const double                  *beta,
              double                        *y,
              const dealii::types::blas_int *incy);

  void dsyr2_(const char                    *uplo,
              const dealii::types::blas_int *n,
              const double                  *alpha,
              const double                  *x,
              const dealii::types::blas_int *incx,
              const double                  *y,
              const dealii::types::blas_int *incy,
              double                        *a,
              const dealii::types::blas_int *lda);
}

namespace sobolev::internal
{
  using dealii::types::blas_int;

  /** $C \leftarrow \alpha\, \mathrm{op}(A)\, \mathrm{op}(B) + \beta C$. */
  inline void
  multiply(const char     transpose_a,
           const char     transpose_b,
           const blas_int m,
           const blas_int n,
           const blas_int k,
           const double   alpha,
           const double  *a,
           const blas_int lda,
           const double  *b,
           const blas_int ldb,
           const double   beta,
           double        *c,
           const blas_int ldc)
  {
    if (m > 0 && n > 0)
      dgemm_(&transpose_a,
             &transpose_b,
             &m,
             &n,
             &k,
             &alpha,
             a,
             &lda,
             b,
             &ldb,
             &beta,
             c,
             &ldc);
  }



  /** $y \leftarrow \alpha\, \mathrm{op}(A)\, x + \beta y$. */
  inline void
  multiply_vector(const char     transpose,
                  const blas_int m,
                  const blas_int n,
                  const double   alpha,
                  const double  *a,
                  const blas_int lda,
                  const double  *x,
                  const double   beta,
                  double        *y)
  {
    const blas_int one = 1;
    if (m > 0 && n > 0)
      dgemv_(&transpose, &m, &n, &alpha, a, &lda, x, &one, &beta, y, &one);
  }



  /** $A \leftarrow A + \alpha x y^T$. */
  inline void
  add_outer_product(const blas_int m,
                    const blas_int n,
                    const double   alpha,
                    const double  *x,
                    const double  *y,
                    double        *a,
                    const blas_int lda)
  {
    const blas_int one = 1;
    if (m > 0 && n > 0)
      dger_(&m, &n, &alpha, x, &one, y, &one, a, &lda);
  }



  /** $B \leftarrow \alpha\, \mathrm{op}(A)\, B$ (@p side L) with upper A. */
  inline void
  multiply_triangle(const char     side,
                    const char     transpose,
                    const blas_int m,
                    const blas_int n,
                    const double   alpha,
                    const double  *a,
                    const blas_int lda,
                    double        *b,
                    const blas_int ldb)
  {
    if (m > 0 && n > 0)
      dtrmm_(&side, "U", &transpose, "N", &m, &n, &alpha, a, &lda, b, &ldb);
  }



  /** $x \leftarrow \mathrm{op}(R)^{-1} x$ with upper triangular R. */
  inline void
  solve_triangle(const char     transpose,
                 const blas_int n,
                 const double  *r,
                 const blas_int ldr,
                 double        *x)
  {
    const blas_int one = 1;
    if (n > 0)
      dtrsv_("U", &transpose, "N", &n, r, &ldr, x, &one);
  }
} // namespace sobolev::internal

#endif

// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_base_dealii_compatibility_h
#define sobolev_base_dealii_compatibility_h

#include <deal.II/base/config.h>
#include <deal.II/base/index_set.h>
#include <deal.II/base/mpi.h>

#include <deal.II/lac/affine_constraints.h>

/**
 * Spellings that differ between deal.II 9.4 and 9.8, in one place.
 */
namespace sobolev
{
  namespace compatibility
  {
    /** The communicator of a Triangulation or DoFHandler. */
    template <typename Object>
    MPI_Comm
    get_communicator(const Object &object)
    {
#if DEAL_II_VERSION_GTE(9, 7, 0)
      return object.get_mpi_communicator();
#else
      return object.get_communicator();
#endif
    }



    /** Empty @p constraints for a process with these degrees of freedom. */
    inline void
    reinit(dealii::AffineConstraints<double> &constraints,
           const dealii::IndexSet            &locally_owned,
           const dealii::IndexSet            &locally_relevant)
    {
#if DEAL_II_VERSION_GTE(9, 6, 0)
      constraints.reinit(locally_owned, locally_relevant);
#else
      (void)locally_owned;
      constraints.reinit(locally_relevant);
#endif
    }
  } // namespace compatibility
} // namespace sobolev

#endif

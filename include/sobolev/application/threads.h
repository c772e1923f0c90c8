// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_threads_h
#define sobolev_application_threads_h

#include <deal.II/base/mpi.h>

namespace sobolev
{
  /**
   * The number of cores for each process if the cores of a node are divided
   * evenly among the processes of @p communicator on it, at least 1. A process
   * that was bound to cores of its own gets those. Collective.
   */
  unsigned int compute_cores_per_process(const MPI_Comm communicator);

  /**
   * Let deal.II's tasks, which networks are evaluated with, and OpenBLAS use
   * compute_cores_per_process() threads. The environment variable
   * DEAL_II_NUM_THREADS makes it fewer for tasks; OPENBLAS_NUM_THREADS or
   * OMP_NUM_THREADS set the number for OpenBLAS, if that is the BLAS that the
   * process was linked to. Collective.
   */
  void distribute_threads(const MPI_Comm communicator);
} // namespace sobolev

#endif

// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// The main() of every unit test executable. A failing Assert becomes an
// exception that Boost.Test reports, instead of ending the process.

#include <deal.II/base/exceptions.h>
#include <deal.II/base/mpi.h>

#include <boost/test/unit_test.hpp>

namespace
{
  // Nothing to add to the test cases, which have registered themselves.
  bool
  initialize_test_suite()
  {
    boost::unit_test::framework::master_test_suite().p_name.value = "sobolev";
    return true;
  }
} // namespace



int
main(int argc, char *argv[])
{
  const dealii::Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  dealii::deal_II_exceptions::disable_abort_on_exception();
  return boost::unit_test::unit_test_main(&initialize_test_suite, argc, argv);
}

// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/reference/collective_errors.h>

#include <exception>
#include <string>

namespace sobolev
{
  void
  fail_together(const MPI_Comm communicator, const std::function<void()> &work)
  {
    enum Outcome : unsigned int
    {
      success       = 0,
      failed_work   = 1,
      invalid_input = 2
    };

    unsigned int       outcome = success;
    std::exception_ptr exception;
    std::string        sentence;
    try
      {
        work();
      }
    catch (const InputError &error)
      {
        outcome   = invalid_input;
        exception = std::current_exception();
        sentence  = error.what();
      }
    catch (const std::exception &error)
      {
        outcome   = failed_work;
        exception = std::current_exception();
        sentence  = error.what();
      }

    const unsigned int worst =
      dealii::Utilities::MPI::max(outcome, communicator);
    if (worst == success)
      return;

    const auto sentences =
      dealii::Utilities::MPI::all_gather(communicator, sentence);
    if (exception)
      std::rethrow_exception(exception);

    for (const std::string &other : sentences)
      if (!other.empty())
        sentence = other;
    if (worst == invalid_input)
      throw InputError(sentence);
    throw ComputationError(sentence);
  }
} // namespace sobolev
